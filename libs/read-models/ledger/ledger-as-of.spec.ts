import fc from 'fast-check';
import type { FundingPlanLine, ProjectDetails, ProjectEvent } from '#libs/projects/domain/events.js';
import { regionContains } from '#libs/kernel/regions.js';
import { randomHistory, randomMoment, standing, type Moment } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { details, eventId, projectId, recorded, reversalOf, type Happening } from '../testing/recorded.js';
import { balancesSql } from './ledger-sql.js';
import { LedgerHandler } from './ledger.handler.js';
import { ledgerProjection } from './projection.js';
import { LEDGER_DIMENSIONS, LedgerQuery, type LedgerFigures, type LedgerRow } from './queries.js';

/** The ledger by the plainest means: a loop over the events, one sum for each cell. Shares nothing with the projection. */
class Oracle {
  readonly cells = new Map<string, bigint>();
  readonly projects = new Map<string, Partial<ProjectDetails>>();

  constructor(happenings: readonly Happening[]) {
    for (const { projectId: id, event } of happenings) this.take(id, event);
  }

  private take(id: string, event: ProjectEvent): void {
    const known = this.projects.get(id) ?? {};
    if (event.type === 'ProjectEnteredPool') this.projects.set(id, { ...event.data.details, ...known });
    if (event.type === 'ProjectDetailsRevised') {
      const { before, after } = event.data;
      const kept = Object.entries(known).filter(([field]) => !(field in before));
      const unknown = Object.keys(before).filter((field) => !(field in after));
      const erased = Object.fromEntries(unknown.map((field) => [field, undefined]));
      this.projects.set(id, { ...Object.fromEntries(kept), ...erased, ...after });
    }
    if (event.type === 'FundingPlanned') this.plan(id, event.data.lines, 1n);
    if (event.type === 'FundingPlanRevised') {
      this.plan(id, event.data.previous, -1n);
      this.plan(id, event.data.lines, 1n);
    }
    if (event.type === 'ProgressReported') {
      this.add([id, '', event.data.month.slice(0, 4), 'completedInvestment'], event.data.completedFen);
    }
    if (event.type === 'FundsCarriedForward') {
      const { source, budgetYear, toYear, amountFen } = event.data;
      this.add([id, source, String(budgetYear), 'carriedForward'], amountFen);
      this.add([id, source, String(toYear), 'carriedIn'], amountFen);
    } else if (event.type.startsWith('Funds')) {
      const { source, budgetYear, amountFen } = event.data as {
        source: string;
        budgetYear: number;
        amountFen: string;
      };
      const column = event.type.charAt(5).toLowerCase() + event.type.slice(6);
      this.add([id, source, String(budgetYear), column], amountFen);
    }
  }

  private plan(id: string, lines: readonly FundingPlanLine[], sign: bigint): void {
    for (const { source, budgetYear, amountFen } of lines) {
      this.add([id, source, String(budgetYear ?? ''), 'planned'], (sign * BigInt(amountFen)).toString());
    }
  }

  private add(cell: string[], amount: string): void {
    const key = cell.join('|');
    this.cells.set(key, (this.cells.get(key) ?? 0n) + BigInt(amount));
  }

  /** Non-zero cells, for comparing. */
  get amounts(): string[] {
    return [...this.cells]
      .filter(([, fen]) => fen !== 0n)
      .map(([key, fen]) => `${key}|${fen}`)
      .sort();
  }
}

let database: ReadModelDatabase;
let ledger: LedgerHandler;
beforeAll(async () => {
  database = await ReadModelDatabase.open(ledgerProjection);
  ledger = new LedgerHandler(database.dataSource);
});
afterAll(() => database.close());

const enter = (id: string): Happening => ({
  projectId: id,
  effective: '2023',
  recordedAt: '2025-12-01T00:00:00.000Z',
  event: { type: 'ProjectEnteredPool', data: { projectId: id, details: details('项目') } },
});
const amountsOf = (rows: readonly LedgerRow[]) =>
  rows
    .flatMap((row) =>
      Object.entries(row.amounts)
        .filter(([, { fen }]) => fen !== '0')
        .map(([stage, { fen }]) =>
          [row.project?.id, row.source?.key ?? '', row.year ?? '', stage, fen].join('|'),
        ),
    )
    .sort();
const ask = (groupBy: readonly (typeof LEDGER_DIMENSIONS)[number][], filter: object) =>
  ledger.execute(new LedgerQuery({ groupBy, ...filter }));

/** Total investment of known projects that the filter lets through, and how many have none. */
function investment(oracle: Oracle, wanted: (details: Partial<ProjectDetails>) => boolean) {
  const projects = [...oracle.projects.values()].filter(
    (details) => details.place !== undefined && wanted(details),
  );
  const totals = projects.flatMap(({ totalInvestmentFen }) => totalInvestmentFen ?? []);
  const sum = totals.reduce((total, fen) => total + BigInt(fen), 0n).toString();
  return { known: totals.length === 0 ? undefined : sum };
}
const known = ({ totalInvestment }: LedgerFigures) => ({ known: totalInvestment?.fen });

/** Properties of each known project, and its total. */
const properties = (oracle: Oracle) =>
  [...oracle.projects]
    .filter(([, { place }]) => place !== undefined)
    .map(([id, { name, category, regions, plannedUse, totalInvestmentFen }]) =>
      [id, name, category, [...regions!].sort(), plannedUse?.slice(0, 4), totalInvestmentFen].join('|'),
    )
    .sort();
const propertiesOf = (rows: readonly LedgerRow[]) =>
  rows
    .filter(({ category }) => category)
    .map(({ project, category, region, plannedUseYear, totalInvestment }) =>
      [project!.id, project!.name, category!.key, region!.codes, plannedUseYear, totalInvestment?.fen].join(
        '|',
      ),
    )
    .sort();

async function assertEqualToFold(history: readonly Happening[], moment: Moment): Promise<void> {
  const oracle = new Oracle(standing(history, eventId, moment));
  const fine = await ask(['project', 'source', 'year'], moment);
  expect(amountsOf(fine.rows)).toEqual(oracle.amounts);
  const projects = await ask(['project', 'category', 'region', 'plannedUseYear'], moment);
  expect(propertiesOf(projects.rows)).toEqual(properties(oracle));
  const whole = await ask([], moment);
  expect(known(whole.total)).toEqual(investment(oracle, () => true));
  const county = await ask(['region'], { ...moment, region: '990101' });
  expect(known(county.total)).toEqual(
    investment(oracle, ({ regions }) => (regions ?? []).some((code) => regionContains('990101', code))),
  );
}

describe('the ledger as of a moment', () => {
  it('equals a fold of the events known and in effect by then', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomHistory,
        fc.array(randomMoment, { maxLength: 4 }),
        fc.integer({ min: 1, max: 20 }),
        async (history, moments, batch) => {
          await database.startAnew();
          await database.apply(recorded(history), batch);
          for (const moment of [{}, ...moments]) await assertEqualToFold(history, moment);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('equals it at the edges of months, years and printed dates, reversals dated before and behind', async () => {
    const tell = (effective: string, recordedAt: string, amountFen: string): Happening => ({
      projectId: projectId(1),
      effective,
      recordedAt,
      event: {
        type: 'FundsAllocated',
        data: {
          source: 'ProvincialFiscal',
          budgetYear: 2023,
          amountFen,
          documentNumber: '文',
          authority: '示例',
        },
      },
    });
    const [before, last, first, after] = [
      '2025-12-15T08:00:00.000Z',
      '2025-12-31T23:59:59.999Z',
      '2026-01-01T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
    ] as const;
    const days = ['2023-06-30', '2023-07-01', '2023-06', '2023-07', '2023', '2024-01-01'];
    const told = [before, last, first, after].flatMap((instant, row) =>
      days.map((day, column) => tell(day, instant, String(2 ** (row * days.length + column)))),
    );
    const history: Happening[] = [
      enter(projectId(1)),
      ...told,
      { ...reversalOf([enter(projectId(1)), ...told], 1, '2023-05-31'), recordedAt: after },
      { ...reversalOf([enter(projectId(1)), ...told], 5, '2023-06-15'), recordedAt: after },
      { ...reversalOf([enter(projectId(1)), ...told], 8, '2024'), recordedAt: after },
      {
        projectId: projectId(1),
        effective: '2023-07-01',
        recordedAt: after,
        event: {
          type: 'ProjectDetailsRevised',
          data: { before: { regions: ['990101'] }, after: { regions: ['990102'] } },
        },
      },
    ];
    await database.startAnew();
    await database.apply(recorded(history), 5);
    const instants = [undefined, before, last, first, '2026-02-28T23:59:59.999Z', after];
    const ends = [
      undefined,
      '2023-06-29',
      '2023-06-30',
      '2023-07-01',
      '2023-07-31',
      '2023-12-31',
      '2024-12-31',
    ];
    for (const asKnownAt of instants) {
      for (const asEffectiveOn of ends) {
        const moment = { ...(asKnownAt && { asKnownAt }), ...(asEffectiveOn && { asEffectiveOn }) };
        await assertEqualToFold(history, moment);
      }
    }
  });

  it('has the same sums, kept with each batch or derived at once', async () => {
    const sums = ['ledger_balance', 'ledger_month', 'ledger_year', 'ledger_project'];
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        const [kept, derived] = await database.keptAndDerived(recorded(history), sums);
        expect(derived).toEqual(kept);
      }),
      { numRuns: 20 },
    );
  });

  it('has balances that equal the journal', async () => {
    const everything = { asKnownAt: '2999-12-31T00:00:00Z' };
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        await database.startAnew();
        await database.apply(recorded(history), 7);
        const { rows: differing } = await database.pool.query(
          `(${balancesOf(false)} except ${balancesOf(true)}) union all (${balancesOf(true)} except ${balancesOf(false)})`,
        );
        expect(differing).toEqual([]);
        for (const groupBy of [
          ['project'],
          ['source', 'year'],
          ['region', 'category'],
          ['plannedUseYear'],
        ] as const) {
          expect(await ask(groupBy, everything)).toEqual(await ask(groupBy, {}));
        }
      }),
      { numRuns: 20 },
    );
  });
});

const balancesOf = (fromJournal: boolean) => `
  select project_id, source, level, year, planned, applied, allocated, disbursed, received, paid, carried_forward,
    carried_in, recovered, completed_investment, lines, lines_in
  from (${balancesSql(fromJournal)
    .replaceAll(/\$1(?!\d)/gu, 'null::timestamptz')
    .replaceAll(/\$2(?!\d)/gu, 'null::date')
    .replaceAll(/\$3(?!\d)/gu, 'null')}) b`;
