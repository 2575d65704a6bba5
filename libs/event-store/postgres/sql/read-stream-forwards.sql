select position, stream, revision, id, type, data, metadata
from event_store.events
where stream = $1 and revision >= $2
order by revision
limit $3
