select position, stream, revision, id, type, data, metadata
from event_store.events
where position > $1 and position <= $2
order by position
