create unique index if not exists register_project_order on register_project (entered);
