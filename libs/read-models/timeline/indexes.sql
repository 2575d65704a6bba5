create unique index if not exists timeline_event_order on timeline_event (project_id, revision);
