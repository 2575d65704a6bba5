select position from event_store.head
