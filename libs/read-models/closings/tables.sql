-- One row a project and budget year: a closing is never taken back.
create table year_closing (
  project_id uuid not null,
  year smallint not null,
  event_id uuid not null,
  position text collate "C" not null,
  effective text not null,
  recorded_at timestamptz not null,
  primary key (project_id, year)
);
