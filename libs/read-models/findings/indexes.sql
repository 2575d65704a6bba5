create unique index finding_result_order on finding_result (subject_id, rule, position);
create index finding_current_failing on finding_current (rule) where kind = 'fail';
