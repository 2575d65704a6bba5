select position, stream, revision, id, type, data, metadata
from event_store.events
where stream = any($1)
order by stream, revision
limit $2
