create unique index if not exists finding_result_order on finding_result (subject_id, rule, position);
create index if not exists finding_current_failing on finding_current (rule) where kind = 'fail';
