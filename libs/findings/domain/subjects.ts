/**
 * What a finding is about. A rule looks at one kind; its id and the subject's id together name the finding, so a kind
 * needs ids that stay: a project's and a statement's are UUIDs, a region is its division code (`513400`, or
 * `513400-2025` for what is judged year by year), a plan is the id of its stream.
 */
export const SUBJECT_KINDS = {
  project: '项目',
  statement: '对账单',
  region: '地区',
  plan: '规划',
} as const;
export type SubjectKind = keyof typeof SUBJECT_KINDS;
