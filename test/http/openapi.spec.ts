import { Validator } from '@seriousme/openapi-schema-validator';
import { FACTS } from '../../apps/server/facts/fact-table.js';
import { PROJECT_EVENT_SCHEMAS } from '#libs/projects/domain/events.js';
import type { JsonValue } from './client.js';
import { testServer, type TestServer } from './test-server.js';

type Operation = {
  operationId: string;
  summary: string;
  responses: Record<string, { content?: Record<string, JsonValue> }>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonValue> };
};

describe('the OpenAPI document', () => {
  let served: TestServer;
  let document: Document;

  beforeAll(async () => {
    served = await testServer({ runProjections: false });
    document = (await served.client.send('/openapi.json', {})).body as unknown as Document;
  });
  afterAll(() => served.close());

  const operations = (): [string, Operation][] =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method} ${path}`,
        operation,
      ]),
    );

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  it('lists every route of the server', () => {
    const listed = operations().map(([route]) => route);
    const facts = FACTS.map(({ resource }) => `post /api/v1/projects/{projectId}/${resource}`);
    const others = [
      'post /api/v1/projects',
      'post /api/v1/imports/project-lists',
      'post /api/v1/imports/plans',
      'get /api/v1/plans',
      'get /api/v1/plans/{planId}',
      'get /api/v1/plans/{planId}/targets',
      'get /api/v1/plans/{planId}/years',
      'get /api/v1/plans/{planId}/trajectory',
      'get /api/v1/plans/{planId}/tasks',
      'get /api/v1/indicators',
      'get /api/v1/imports',
      'get /api/v1/imports/{importId}',
      'get /api/v1/imports/{importId}/file',
      'get /api/v1/imports/{importId}/progress',
      'get /api/v1/projects',
      'get /api/v1/projects/window',
      'get /api/v1/projects/totals',
      'get /api/v1/regions',
      'get /api/v1/projects/{projectId}',
      'get /api/v1/projects/{projectId}/events',
      'get /api/v1/pool',
      'get /api/v1/annual-lists/{year}',
      'get /api/v1/ledger',
      'get /api/v1/ledger/projects',
      'get /api/v1/overview',
      'get /api/v1/journal',
      'get /api/v1/balances',
      'get /api/v1/findings',
      'get /api/v1/findings/counts',
      'get /api/v1/findings/{findingId}',
      'post /api/v1/findings/{findingId}/explanations',
      'post /api/v1/findings/{findingId}/waivers',
      'post /api/v1/findings/{findingId}/rectifications',
      'post /api/v1/findings/{findingId}/closures',
      'get /api/v1/plan-documents',
      'post /api/v1/plan-documents',
      'post /api/v1/plan-documents/{documentId}/adjustments',
      'post /api/v1/reallocations',
      'get /api/v1/reallocations',
      'get /api/v1/trace/payments/{eventId}',
      'get /api/v1/trace/plan-documents/{documentId}',
      'get /api/v1/ageing',
      'get /api/v1/ageing/lots',
      'get /api/v1/capacity/yearly',
      'get /api/v1/capacity/yearly/entries',
      'post /api/v1/year-closings',
      'post /api/v1/carry-forwards',
      'get /api/v1/year-closings',
      'get /api/v1/exports/ledger.xlsx',
      'get /api/v1/exports/ledger.csv',
      'get /api/v1/exports/findings.xlsx',
      'get /api/v1/exports/findings.csv',
      'get /api/v1/exports/projects.xlsx',
      'get /api/v1/exports/projects.csv',
      'get /api/v1/exports/project-list.xlsx',
      'get /api/v1/exports/project-list.csv',
      'get /api/v1/exports/indicators.xlsx',
      'get /api/v1/exports/indicators.csv',
      'get /api/v1/exports/county-breakdown.xlsx',
      'get /api/v1/exports/county-breakdown.csv',
      'get /api/v1/exports/county-breakdown-template.csv',
      'get /api/v1/exports/county-breakdown-template.xlsx',
      'post /api/v1/reconciliations',
      'get /api/v1/reconciliations',
      'get /api/v1/reconciliations/{reconciliationId}',
      'get /api/v1/reconciliations/{reconciliationId}/file',
      'post /api/v1/statistics/{region}/{period}/openings',
      'post /api/v1/statistics/{region}/{period}/submission-files',
      'post /api/v1/statistics/{region}/{period}/submissions',
      'post /api/v1/plans/{planId}/tasks/{taskId}/reports',
      'post /api/v1/statistics/{region}/{period}/checks',
      'post /api/v1/statistics/{region}/{period}/returns',
      'post /api/v1/statistics/{region}/{period}/explanations',
      'get /api/v1/statistics/reports',
      'get /api/v1/statistics/{region}/{period}/steps',
      'get /api/v1/events',
      'get /api/v1/indicators/comparison',
      'get /api/v1/statistics/{region}/{period}',
      'get /api/v1/audit-chain/head',
      'get /api/v1/audit-chain/anchors',
      'post /api/v1/evaluations',
      'post /api/v1/evaluations/scores',
      'get /api/v1/evaluations',
      'get /api/v1/evaluations/{evaluationId}',
      'get /api/v1/evaluations/sheet',
      'get /api/v1/evaluations/{evaluationId}/sheet',
      'get /api/v1/evaluations/{evaluationId}/snapshot',
      'get /api/v1/evaluations/{evaluationId}/differences',
      'get /api/v1/evaluations/{evaluationId}/year-on-year',
      'get /api/v1/evaluations/{evaluationId}/sheet.xlsx',
      'get /api/v1/circulars/drafts/{region}/{period}',
      'put /api/v1/circulars/drafts/{region}/{period}',
      'post /api/v1/circulars',
      'get /api/v1/circulars',
      'get /api/v1/circulars/{circularId}',
      'get /api/v1/circulars/{circularId}/circular.docx',
      'get /api/v1/projections',
      'get /health/live',
      'get /health/ready',
      'get /api/v1/rule-sets',
      'get /api/v1/rule-sets/comparison',
      'get /api/v1/rule-sets/{ruleSetId}',
      'post /api/v1/rule-sets/{ruleSetId}/adoptions',
    ];
    expect(listed.toSorted()).toEqual([...facts, ...others].toSorted());
  });

  it('has a resource for every event of a project’s life', () => {
    // The plan and its revision come from one command, and the pool entry has a route of its own. So have the two
    // halves of a reallocation, and what was declined is recorded by nobody but the application.
    expect(FACTS.length + 1).toBe(Object.keys(PROJECT_EVENT_SCHEMAS).length - 4);
    expect(new Set(FACTS.map(({ command }) => command)).size).toBe(FACTS.length);
    expect(new Set(FACTS.map(({ resource }) => resource)).size).toBe(FACTS.length);
  });

  it('tells each operation apart, in Chinese, with its answer and its problems', () => {
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, { summary, responses }] of operations()) {
      expect(summary).toMatch(/\p{Script=Han}/u);
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect(good.some(([, { content }]) => content !== undefined)).toBe(true);
      for (const [status, { content }] of Object.entries(responses)) {
        if (Number(status) >= 400) expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
      }
    }
  });

  it('describes amounts as strings in fen or yuan', () => {
    expect(document.components.schemas['AmountInput']).toMatchObject({
      anyOf: [{ properties: { fen: { type: 'string' } } }, { properties: { yuan: { type: 'string' } } }],
    });
  });

  it('is shown on a page that fetches nothing from elsewhere', async () => {
    const page = await served.client.send('/docs', {});
    expect((await served.client.send('/docs/', {})).body).toBe(page.body);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const links = [...(page.body as string).matchAll(/(?:src|href)="([^"]+)"/gu)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      expect(link).toMatch(/^\/docs\//u);
      expect((await served.client.send(link, {})).status).toBe(200);
    }
  });
});
