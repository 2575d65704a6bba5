import { readFileSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { testDatabase, type TestDatabase } from '#libs/database/testing/test-database.js';
import { ProjectListImporter, type ImportRequest } from '#libs/exchange/import/importer.js';
import { RegisterKnownProjects } from '#libs/exchange/import/register-known-projects.js';
import { newId } from '#libs/kernel/ids.js';
import { ImportReportQuery } from '#libs/read-models/imports/queries.js';
import { asking } from '#libs/runtime/caught-up.js';
import { readConfig } from '#libs/runtime/config.js';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import { openPlatform, type Platform } from '#libs/runtime/platform.js';

const XLSX = readFileSync(new URL('../../samples/liangshan-major-projects.xlsx', import.meta.url));
const CSV = readFileSync(new URL('../../samples/liangshan-major-projects.csv', import.meta.url));
const PATIENCE = { timeoutMs: 60_000 };
const ACTOR = { user: '演示', unit: '凉山州发展改革委', role: 'DevelopmentReform', region: '513400' };

let database: TestDatabase;
let platform: Platform;
let app: INestApplicationContext;
let importer: ProjectListImporter;

beforeAll(async () => {
  database = await testDatabase();
  const { connectionString } = database;
  platform = await openPlatform(
    readConfig({ DATABASE_URL: connectionString, EVENT_STORE: connectionString }),
  );
  app = await NestFactory.createApplicationContext(PlatformModule.on(platform), { logger: false });
  const { store, recorder, evidence, runner } = platform;
  const ask = asking(runner, app.get(QueryBus), PATIENCE.timeoutMs);
  const known = new RegisterKnownProjects(ask, store);
  importer = new ProjectListImporter({ store, recorder, files: evidence, known });
});

afterAll(async () => {
  await app.close();
  await platform.close();
  await database.drop();
});

const run = (bytes: Uint8Array, more: Partial<ImportRequest> = {}) =>
  importer.import({ bytes, fileName: '清单', region: '513400', actor: ACTOR, dryRun: false, ...more });

it('imports into PostgreSQL, finds what it recorded through the register, and shows its report', async () => {
  const [first, second] = await Promise.all([run(XLSX), run(XLSX)]);
  const both = [first, second].map(({ report }) => report.outcomes);
  expect(both.map(({ held }) => held)).toEqual([0, 0]);
  expect(both.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(22);

  const again = await run(CSV);
  expect(again.report.outcomes).toEqual({ recorded: 0, revised: 0, unchanged: 22, held: 0 });
  const changed = CSV.toString().replace('普惠托位200个', '普惠托位220个');
  const revised = await run(Buffer.from(changed));
  expect(revised.report.outcomes).toEqual({ recorded: 0, revised: 1, unchanged: 21, held: 0 });
  expect(revised.report.missing).toEqual([]);

  expect(await platform.runner.waitFor(revised.position!, PATIENCE)).toBe(true);
  const { dryRun: _dryRun, alreadyImported: _already, ...report } = revised.report;
  const shown = await app.get(QueryBus).execute(new ImportReportQuery(report.importId));
  // The values of the columns stand in the file, which is kept.
  const lists = report.lists.map((list) => ({
    ...list,
    columns: list.columns!.map(({ samples: _samples, ...column }) => column),
  }));
  expect(shown).toMatchObject({ ...report, lists, actor: ACTOR, runs: 1 });

  const file = await platform.evidence.get(first.report.fileDigest);
  expect(file!.bytes.equals(XLSX)).toBe(true);
  expect(await platform.evidence.get(report.fileDigest)).toMatchObject({ fileName: '清单' });
});

it('asks the register alone: a ledger that halted at an event it cannot read does not hold an import up', async () => {
  const unreadable = { id: newId(), type: 'WhatNobodyKnows', data: {}, metadata: {} };
  const command = { id: newId(), digest: 'unreadable' };
  await platform.store.append([
    { stream: `project-${newId()}`, expected: 'none', events: [unreadable], command },
  ]);
  expect(await platform.runner.caughtUp(PATIENCE)).toBe(false);
  const { report } = await app
    .get(ProjectListImporter)
    .import({ bytes: XLSX, fileName: '清单', region: '513400', actor: ACTOR, dryRun: false });
  expect(report.outcomes).toMatchObject({ unchanged: 22, held: 0 });
});
