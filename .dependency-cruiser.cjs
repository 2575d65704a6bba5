/** The way of the data, held by machine: imports point inward (docs/architecture.md). */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A circle of imports has no way in for a reader.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs' },
      to: { path: '^(apps|test)' },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: '^libs/kernel' },
      to: { path: '^libs/(?!kernel)' },
    },
    {
      name: 'domain-is-pure',
      comment: 'Deciders know the kernel, their own folder and the shape of a stored event; no Nest, no I/O.',
      severity: 'error',
      from: { path: '^libs/[^/]+/domain', pathNot: ['\\.spec\\.ts$', '/testing/'] },
      to: {
        pathNot: ['^libs/kernel', '^libs/[^/]+/domain', '^libs/event-store/port', 'node_modules/typebox'],
      },
    },
    {
      name: 'event-store-knows-no-domain',
      severity: 'error',
      from: { path: '^libs/event-store' },
      to: { path: '^libs/(?!event-store|kernel|database/testing)' },
    },
    {
      name: 'eventstore-client-in-one-folder',
      severity: 'error',
      from: { pathNot: '^libs/event-store/eventstoredb' },
      to: { path: 'node_modules/@eventstore/db-client' },
    },
    {
      name: 'read-models-never-write-events',
      severity: 'error',
      from: { path: '^libs/read-models', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(projects/application|exchange/import)' },
    },
    {
      name: 'the-page-knows-the-server-by-its-api-only',
      comment:
        'It shares how money and dates are printed and the words of the field, which are pure; no more.',
      severity: 'error',
      from: { path: '^apps/web', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^(dist/)?(libs|apps/(?!web))',
        pathNot:
          '^(dist/)?libs/(kernel/(money|partial-date|refusal|text|capacity|project-code|rational)|(projects|plans|reconciliation)/domain/vocabulary|plans/domain/(indicators/\\w+|contradictions/contradiction)|projects/domain/event-labels|circulars/domain/(template|text)|exchange/project-list/meanings|statistics/domain/\\w+|findings/domain/(outcome|handling|subjects))\\.(ts|js)$',
      },
    },
    {
      name: 'nobody-imports-the-page',
      severity: 'error',
      from: { pathNot: '^apps/web' },
      to: { path: '^apps/web' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(apps|libs)', pathNot: ['\\.spec\\.ts$', '/testing/', '/conformance/'] },
      to: { path: ['/testing/', '/conformance/', '\\.spec\\.ts$', 'node_modules/(jest|@jest|fast-check)'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // `source` first: in `dist/`, where there is one, no rule would see what is imported.
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
    },
  },
};
