select position, stream, revision, id, type, data, metadata
from event_store.events
where position > $1 and position <= $2 and stream ^@ any ($3::text[])
order by position
