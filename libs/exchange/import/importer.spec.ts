import { readFileSync } from 'node:fs';
import { OutcomeUnknown } from '#libs/event-store/errors.js';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { AppendRequest, AppendResult } from '#libs/event-store/port.js';
import { newId } from '#libs/kernel/ids.js';
import { IMPORT_STREAM_PREFIX } from '../report/import-events.js';
import { ACTOR, ImportBench, TODAY } from './testing/import-bench.js';
import { FIRST, HEADER, list, SECOND, TITLE } from './testing/list-text.js';

const sample = (name: string) => readFileSync(new URL(`../../../samples/${name}`, import.meta.url));
const XLSX = sample('liangshan-major-projects.xlsx');
const CSV = sample('liangshan-major-projects.csv');

/** Stores the first part of a report and is lost, as a store may be that takes requests one by one. */
class StoreOfBrokenReports extends MemoryEventStore {
  breaks = false;

  override async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    const isReport = requests[0]!.stream.startsWith(IMPORT_STREAM_PREFIX);
    if (!this.breaks || !isReport) return super.append(requests);
    await super.append(requests.slice(0, 1));
    throw new OutcomeUnknown('the store was lost');
  }
}

let bench: ImportBench;
beforeEach(() => {
  bench = new ImportBench();
});

describe('importing the published list', () => {
  it('records 22 projects with pool, plan and list, each with the file as its evidence', async () => {
    const { report, position } = await bench.run(XLSX, { fileName: '清单.xlsx' });
    expect(report.outcomes).toEqual({ recorded: 22, revised: 0, unchanged: 0, held: 0 });
    expect(report.totals.total.yuan).toBe('390450000.00');
    const events = await bench.events();
    const types = events.map(({ type }) => type);
    for (const type of ['ProjectEnteredPool', 'FundingPlanned', 'ProjectListedForYear']) {
      expect(types.filter((found) => found === type)).toHaveLength(22);
    }
    expect(events.at(-1)).toMatchObject({ type: 'ProjectListImported', position });
    expect([...bench.files.keys()]).toEqual([report.fileDigest]);
    expect(events[0]!.metadata).toMatchObject({
      actor: ACTOR,
      effectiveDate: TODAY,
      correlationId: report.importId,
      evidence: [{ fileDigest: report.fileDigest, fileName: '清单.xlsx', locator: '重大项目清单!第3行' }],
    });
  });

  it('records nothing the second time, nor from the same list in the other format', async () => {
    await bench.run(XLSX);
    const before = (await bench.events()).length;
    const again = await bench.run(XLSX);
    expect(again.report).toMatchObject({ alreadyImported: true, outcomes: { unchanged: 22, held: 0 } });
    expect(await bench.events()).toHaveLength(before);
    const other = await bench.run(CSV);
    expect(other.report).toMatchObject({ alreadyImported: false, outcomes: { unchanged: 22, held: 0 } });
    expect((await bench.events()).slice(before).map(({ type }) => type)).toEqual([
      'ImportRowsReported',
      'ProjectListImported',
    ]);
  });

  it('makes no doubles when the same file is imported by several at once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => bench.run(XLSX)));
    expect((await bench.known.all()).size).toBe(22);
    expect(outcomes.reduce((sum, { report }) => sum + report.outcomes.held, 0)).toBe(0);
  });

  it('tells in a dry run what it would record, and stores nothing', async () => {
    const dry = await bench.run(CSV, { dryRun: true });
    expect(dry.position).toBeUndefined();
    expect(await bench.events()).toEqual([]);
    expect(bench.files.size).toBe(0);
    const real = await bench.run(CSV);
    expect({ ...real.report, dryRun: true }).toEqual(dry.report);
  });
});

describe('importing a changed file', () => {
  it('records only the revisions', async () => {
    const first = await bench.run(list(FIRST, SECOND));
    const before = (await bench.events()).length;
    const { report } = await bench.run(
      list(FIRST.replace('床位100张', '床位120张').replace('1750,1750', '1800,1750'), SECOND),
    );
    expect(report.outcomes).toEqual({ recorded: 0, revised: 1, unchanged: 1, held: 0 });
    expect(report.rows[0]).toMatchObject({
      projectId: first.report.rows[0]!.projectId,
      events: ['ProjectDetailsRevised'],
      changes: [
        { field: 'scope', before: '床位100张', after: '床位120张' },
        { field: 'totalInvestmentFen', before: '1750000000', after: '1800000000' },
        { field: 'plannedCapacity' },
      ],
    });
    const added = (await bench.events()).slice(before).map(({ type }) => type);
    expect(added).toEqual(['ProjectDetailsRevised', 'ImportRowsReported', 'ProjectListImported']);
  });

  it('moves a project to the list of another year and revises its plan', async () => {
    await bench.run(list(FIRST, SECOND));
    const { report } = await bench.run(
      list(FIRST, SECOND.replace('2024年', '2025年').replace('300,100', '300,300')),
    );
    expect(report.rows[1]!.events).toEqual([
      'ProjectDetailsRevised',
      'FundingPlanRevised',
      'ProjectDelisted',
      'ProjectListedForYear',
    ]);
    expect(report.rows[1]!.changes!.map(({ field }) => field)).toEqual([
      'plannedUse',
      'fundingPlan',
      'listing',
    ]);
  });

  it('warns of a new name where another stood, since its money would count twice', async () => {
    await bench.run(list(FIRST, SECOND));
    const renamed = list(FIRST, SECOND.replace('宁南', '宁南新'));
    const { report } = await bench.run(renamed, { dryRun: true });
    expect(report.rows[1]).toMatchObject({ outcome: 'recorded' });
    expect(report.rows[1]!.warnings.map(({ code }) => code)).toContain('import.perhapsRenamed');
    expect(report.rows[0]!.warnings).toEqual([]);
  });

  it('names the projects that are gone, and leaves them as they are', async () => {
    const first = await bench.run(list(FIRST, SECOND));
    const { report } = await bench.run(list(FIRST));
    expect(report.missing).toEqual([
      {
        projectId: first.report.rows[1]!.projectId,
        name: '宁南托育中心',
        listTitle: '测试清单',
        sequence: 2,
      },
    ]);
    expect((await bench.known.all()).size).toBe(2);
  });

  it('does not turn back what was revised after the file was imported', async () => {
    const old = list(FIRST, SECOND);
    await bench.run(old);
    await bench.run(list(FIRST.replace('1750,1750', '1800,1800'), SECOND));
    const before = (await bench.events()).length;
    const { report } = await bench.run(old);
    expect(report.outcomes).toMatchObject({ revised: 0, unchanged: 2 });
    expect(report.rows[0]!.warnings.map(({ code }) => code)).toContain('import.revisedSince');
    expect(await bench.events()).toHaveLength(before);
  });

  it('does not turn back either where a later import of the file was broken off in its report', async () => {
    const store = new StoreOfBrokenReports();
    bench = new ImportBench(store);
    const twin = (n: number) => `${n},日间照料中心,养老,2023年,布拖县,,${n},${n},布拖县民政局`;
    const twins = (await bench.run(list(twin(1), twin(2)))).report.rows.map(({ projectId }) => projectId!);
    const old = [TITLE.replace('测试', '另一'), HEADER, FIRST, twin(9)].join('\n');
    expect((await bench.run(old)).report.outcomes).toMatchObject({ recorded: 1, held: 1 });
    for (const [n, { details }] of (await bench.known.current(twins)).entries()) {
      const renamed = { ...details!, name: `第${n}照料中心` };
      await bench.recorder.record({
        projectId: twins[n]!,
        commands: [{ type: 'ReviseDetails', data: { details: renamed } }],
        effectiveDate: TODAY,
        actor: ACTOR,
        commandId: newId(),
        evidence: [],
      });
    }
    await bench.run(
      [TITLE.replace('测试', '另一'), HEADER, FIRST.replace('1750,1750', '1800,1800')].join('\n'),
    );
    store.breaks = true;
    // What was held is a project of its own by now; the report of that is broken off behind its rows.
    await expect(bench.run(old)).rejects.toBeInstanceOf(OutcomeUnknown);
    store.breaks = false;
    const { report } = await bench.run(old);
    expect(report).toMatchObject({ alreadyImported: true, outcomes: { revised: 0, unchanged: 2 } });
    expect(report.rows[0]!.warnings.map(({ code }) => code)).toContain('import.revisedSince');
  });

  it('keeps what the list has no column for: budget years of a plan, a code', async () => {
    const { report } = await bench.run(list(FIRST));
    const projectId = report.rows[0]!.projectId!;
    const lines = [
      { source: 'SelfRaised' as const, budgetYear: 2023, amountFen: '750000000' },
      { source: 'SelfRaised' as const, budgetYear: 2024, amountFen: '1000000000' },
      { source: 'BankLoan' as const, amountFen: '5' },
    ];
    await bench.recorder.record({
      projectId,
      commands: [
        { type: 'PlanFunding', data: { lines, reason: '分年度' } },
        { type: 'AssignCode', data: { code: '2301-513429-89-01-544060' } },
      ],
      effectiveDate: TODAY,
      actor: ACTOR,
      commandId: 'aaaaaaaa-0000-4000-8000-000000000001',
      evidence: [],
    });
    const again = await bench.run(list(FIRST, SECOND));
    expect(again.report.outcomes).toEqual({ recorded: 1, revised: 0, unchanged: 1, held: 0 });
  });
});

describe('rows that cannot be recorded', () => {
  it('are held with sheet, row and column while the good ones are recorded', async () => {
    const { report } = await bench.run(
      list(
        FIRST,
        '2,甲,养猪,2023年,布拖县,,10,10,布拖县民政局',
        '3,乙,养老,2023年,布拖县,,-10,10,布拖县民政局',
        '4,丙,养老,2023年,成都市,,十万,10,某局',
        '5,丁,养老,2023年,布拖县,,10,20,布拖县民政局',
      ),
    );
    expect(report.outcomes).toEqual({ recorded: 1, revised: 0, unchanged: 0, held: 4 });
    expect(
      report.rows.flatMap(({ errors }) => errors.map((e) => [e.code, e.sheet, e.row, e.column])),
    ).toEqual([
      ['import.categoryUnknown', 'csv', 4, 'C'],
      ['import.amountNegative', 'csv', 5, 'G'],
      ['import.placeUnknown', 'csv', 6, 'E'],
      ['import.amountUnreadable', 'csv', 6, 'G'],
      ['import.selfRaisedExceedsTotal', 'csv', 7, 'H'],
    ]);
    expect((await bench.known.all()).size).toBe(1);
  });

  it('are held where several known projects fit equally well', async () => {
    const twin = (n: number) => `${n},日间照料中心,养老,2023年,布拖县,,${n},${n},布拖县民政局`;
    await bench.run(list(twin(1), twin(2)));
    const { report } = await bench.run(
      [TITLE.replace('测试', '另一'), HEADER, '7,日间照料中心,养老,2023年,布拖县,,9,9,布拖县民政局'].join(
        '\n',
      ),
    );
    expect(report.rows[0]).toMatchObject({ outcome: 'held', errors: [{ code: 'import.ambiguous' }] });
    expect((await bench.known.all()).size).toBe(2);
  });

  it('are held with the refusal of the domain where it refuses', async () => {
    const { report } = await bench.run(list(FIRST));
    await bench.recorder.record({
      projectId: report.rows[0]!.projectId!,
      commands: [{ type: 'Withdraw', data: { reason: '调出' } }],
      effectiveDate: TODAY,
      actor: ACTOR,
      commandId: 'aaaaaaaa-0000-4000-8000-000000000002',
      evidence: [],
    });
    const again = await bench.run(list(FIRST.replace('1750,1750', '1800,1800')));
    expect(again.report.rows[0]).toMatchObject({ outcome: 'held', errors: [{ code: 'project.withdrawn' }] });
  });
});

it('records a long list in batches, telling how far it is', async () => {
  const rows = Array.from(
    { length: 450 },
    (_, n) => `${n + 1},项目${n + 1},养老,2023年,布拖县,床位10张,10,10,布拖县民政局`,
  );
  const seen: number[] = [];
  const bytes = Buffer.from(list(...rows));
  const request = { bytes, fileName: '../a/长清单.csv', region: '513400', actor: ACTOR, dryRun: false };
  const { report } = await bench.importer.import(request, ({ done, total }) => {
    expect(total).toBe(450);
    seen.push(done);
  });
  expect(seen).toEqual([200, 400, 450]);
  expect(report).toMatchObject({ fileName: '长清单.csv', outcomes: { recorded: 450 } });
});
