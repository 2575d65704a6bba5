/** Addresses of the web page; `apps/web/src/routes.ts` has the same, which its specification holds. */
export const PAGES = [
  '/',
  '/projects',
  '/projects/:projectId',
  '/ledger',
  '/journal',
  '/imports',
  '/findings',
  '/findings/:findingId',
  '/rules/:ruleId?',
  '/trace',
  '/trace/plan-documents/:documentId',
  '/trace/payments/:eventId',
  '/ageing',
  '/ageing/lots',
] as const;
