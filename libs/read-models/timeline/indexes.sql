create unique index timeline_event_order on timeline_event (project_id, revision);
