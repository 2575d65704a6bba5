create unique index register_project_order on register_project (entered);
