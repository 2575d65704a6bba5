import fc from 'fast-check';
import { cohortOf, type Cohort, type CohortKey } from '#libs/findings/domain/cohorts.js';
import { DEFAULT_PARAMETERS } from '#libs/findings/domain/default-rule-set.js';
import { addToDossiers, emptyDossier, type Dossier } from '#libs/findings/domain/dossier.js';
import type { StoredEvent } from '#libs/event-store/port.js';
import type { Outcome } from '#libs/findings/domain/outcome.js';
import { compare } from '#libs/kernel/rational.js';
import { comparableOf, unitCostOf } from '#libs/findings/domain/rules/c2-cost-outside-cohort.js';
import { PROJECT_RULES } from '#libs/findings/domain/rules/rules.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { randomHistory } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import {
  details,
  eventId,
  projectId,
  recorded,
  reversalOf,
  wan,
  type Happening,
} from '../testing/recorded.js';
import { FindingsHandler } from './findings.handler.js';
import { FindingHandler } from './finding.handler.js';
import { findingsProjection } from './projection.js';
import { FindingQuery, FindingsQuery, type FindingFilter, type FindingView } from './queries.js';

let database: ReadModelDatabase;
beforeAll(async () => {
  database = await ReadModelDatabase.open(findingsProjection);
});
afterAll(() => database.close());

const find = async (filter: FindingFilter = {}, limit = 100): Promise<FindingView[]> => {
  const handler = new FindingsHandler(database.dataSource);
  const items: FindingView[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await handler.execute(
      new FindingsQuery({ ...filter, ...(cursor !== undefined && { cursor }), limit }),
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
};

const enter = (n: number, area: string, total: number, on = '2024-01-10'): Happening => ({
  projectId: projectId(n),
  effective: on,
  event: {
    type: 'ProjectEnteredPool',
    data: {
      projectId: projectId(n),
      details: details(`项目${n}`, { floorAreaM2: area, totalInvestmentFen: wan(total) }),
    },
  },
});

/** The plain reading: fold everything known by then, then judge every project beside the costs of all. */
function judged(history: readonly Happening[], asKnownAt: string): Map<string, Outcome> {
  const dossiers = new Map<string, Dossier>();
  for (const stored of recorded(history)) {
    const event = decodeProjectEvent(stored);
    if (event.envelope.recordedAt > asKnownAt) continue;
    if (!dossiers.has(event.projectId)) dossiers.set(event.projectId, emptyDossier());
    addToDossiers((id) => dossiers.get(id), event);
  }
  const comparables = [...dossiers.values()].flatMap((dossier) => comparableOf(dossier) ?? []);
  const cohorts = (key: CohortKey): Cohort | undefined =>
    cohortOf(
      comparables
        .filter(({ cohort }) => cohort === key)
        .map(unitCostOf)
        .toSorted(compare),
    );
  return new Map(
    [...dossiers].flatMap(([id, dossier]) =>
      PROJECT_RULES.map((rule) => [`${rule.id}-${id}`, rule.evaluate(dossier, DEFAULT_PARAMETERS, cohorts)]),
    ),
  );
}

describe('findings as known at', () => {
  it('equal judging the events up to then, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomHistory,
        fc.integer({ min: 1, max: 7 }),
        fc.nat(1500),
        async (history, batch, minutes) => {
          await database.startAnew();
          await database.apply(recorded(history), batch);
          const asKnownAt = new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
          const expected = judged(history, asKnownAt);
          const rows = await database.pool.query<{ id: string; outcome: Outcome }>(
            `select distinct on (subject_id, rule) rule || '-' || subject_id as id, outcome
             from read.finding_result where known_at <= $1 order by subject_id, rule, position desc`,
            [asKnownAt],
          );
          expect(new Map(rows.rows.map(({ id, outcome }) => [id, outcome]))).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are the same in one batch and in many, through their whole history', async () => {
    const told = async (history: Happening[], batch: number): Promise<string[]> => {
      await database.startAnew();
      await database.apply(recorded(history), batch);
      const { rows } = await database.pool.query<{ row: string }>(
        `select result::text as row from read.finding_result result
         union all select cohort::text from read.finding_cohort cohort order by 1`,
      );
      return rows.map(({ row }) => row);
    };
    await fc.assert(
      fc.asyncProperty(randomHistory, fc.integer({ min: 1, max: 7 }), async (history, batch) => {
        expect(await told(history, batch)).toEqual(await told(history, 500));
      }),
      { numRuns: 15 },
    );
  });
});

describe('what one command said', () => {
  const allocated = (amount: number): Happening => ({
    projectId: projectId(1),
    effective: '2024-02-01',
    recordedAt: '2026-01-02T12:00:00.000Z',
    event: {
      type: 'FundsAllocated',
      data: {
        source: 'CentralBudgetInvestment',
        budgetYear: 2024,
        amountFen: wan(amount),
        documentNumber: '示例财〔2024〕1号',
        authority: '示例州财政局',
      },
    },
  });
  const told = recorded([enter(1, '1000', 600), allocated(100), allocated(200)]);
  const judgedAt = async (events: readonly StoredEvent[]) => {
    await database.startAnew();
    await database.apply(events);
    const { rows } = await database.pool.query<{ position: string }>(
      `select distinct position from read.finding_result where rule <> 'C2' order by position`,
    );
    return rows.map(({ position }) => told.findIndex((event) => event.position === position));
  };

  it('is judged together, and what two said at one time is not', async () => {
    expect(await judgedAt(told)).toEqual([0, 1, 2]);
    const { commandId } = told[1]!.metadata;
    const asOne = [...told.slice(0, 2), { ...told[2]!, metadata: { ...told[2]!.metadata, commandId } }];
    expect(await judgedAt(asOne as StoredEvent[])).toEqual([0, 2]);
  });
});

describe('costs beside those of their cohort', () => {
  const story = [enter(1, '1000', 600), enter(2, '1000', 700), enter(3, '1000', 100), enter(4, '1000', 500)];

  it('are judged again when another project moves the median', async () => {
    await database.startAnew();
    await database.apply(recorded(story));
    const [third, ...others] = await find({ rule: 'C2' });
    expect(others).toEqual([]);
    expect(third).toMatchObject({
      subject: { kind: { key: 'project' }, id: projectId(3), name: '项目3' },
      project: { id: projectId(3), name: '项目3' },
      severity: { key: 'warning' },
      items: [{ figures: { unitCostWan: '0.1000', medianCostWan: '0.5500', projects: '4' } }],
    });
    const known = (n: number) => new Date(Date.UTC(2026, 0, 1 + n, 12)).toISOString();
    expect(await find({ rule: 'C2', asKnownAt: known(1) })).toEqual([]);
    const [earlier] = await find({ rule: 'C2', asKnownAt: known(2) });
    expect(earlier?.items[0]?.figures['medianCostWan']).toBe('0.6000');
  });

  it('let go of a project whose figures were put right', async () => {
    const right: Happening = {
      projectId: projectId(3),
      effective: '2024-02-01',
      event: {
        type: 'ProjectDetailsRevised',
        data: { before: { floorAreaM2: '1000' }, after: { floorAreaM2: '200' } },
      },
    };
    const corrected = [...story, right];
    await database.startAnew();
    await database.apply(recorded(corrected), 2);
    expect(await find({ rule: 'C2' })).toEqual([]);
    await database.startAnew();
    await database.apply(recorded([...corrected, reversalOf(corrected, 4, '2024-03-01')]), 2);
    expect((await find({ rule: 'C2' })).map(({ subject }) => subject.id)).toEqual([projectId(3)]);
  });
});

describe('half a reallocation', () => {
  const data = {
    ...{ source: 'SelfRaised' as const, budgetYear: 2024, stage: 'received' as const, amountFen: wan(30) },
    ...{ reallocationId: eventId(999), documentNumber: '示例调〔2024〕1号', reason: '进度调整' },
  };
  const left: Happening = {
    projectId: projectId(1),
    effective: '2024-03-02',
    event: { type: 'FundsReallocatedOut', data: { ...data, counterpartId: projectId(2) } },
  };
  const came: Happening = {
    projectId: projectId(2),
    effective: '2024-03-02',
    event: { type: 'FundsReallocatedIn', data: { ...data, counterpartId: projectId(1) } },
  };
  const pool = [enter(1, '1000', 600), enter(2, '1000', 700)];
  const tell = async (...more: Happening[]) => {
    await database.startAnew();
    await database.apply(recorded([...pool, ...more]), 1);
  };

  it.each([
    ['that never came is one of the project it left', [left], 1],
    [
      'of which the coming was taken back too',
      [left, came, reversalOf([...pool, left, came], 3, '2024-04-01')],
      1,
    ],
    [
      'of which the leaving was taken back is one of the other',
      [left, came, reversalOf([...pool, left, came], 2, '2024-04-01')],
      2,
    ],
  ])('%s', async (_, story, of) => {
    await tell(...story);
    const found = await find({ rule: 'M14' });
    expect(found.map(({ subject, severity }) => [subject.id, severity?.key])).toEqual([
      [projectId(of), 'error'],
    ]);
    // Before the reversal was in effect the pair was whole.
    if (story.length === 3) expect(await find({ rule: 'M14', asEffectiveOn: '2024-03-31' })).toEqual([]);
    expect(await find({ rule: 'M14', on: '2024-03-05' })).toEqual([]);
  });

  it('is settled by the other half, and was one as known before', async () => {
    await tell(left, came);
    expect(await find({ rule: 'M14' })).toEqual([]);
    expect((await find({ rule: 'M14', status: 'pass' })).map(({ subject }) => subject.id)).toEqual([
      ...[projectId(1), projectId(2)],
    ]);
    const between = new Date(Date.UTC(2026, 0, 3, 13)).toISOString();
    expect((await find({ rule: 'M14', asKnownAt: between })).map(({ subject }) => subject.id)).toEqual([
      projectId(1),
    ]);
  });
});

describe('findings by day', () => {
  const late: Happening = {
    projectId: projectId(9),
    effective: '2024-01-10',
    event: {
      type: 'ProjectEnteredPool',
      data: {
        projectId: projectId(9),
        details: details('迟到项目', { plannedStart: '2024-06', plannedUse: '2025', regions: ['990102'] }),
      },
    },
  };

  beforeAll(async () => {
    await database.startAnew();
    await database.apply(recorded([late, enter(1, '1000', 600)]));
  });

  it('ripen by comparison with the day, without a clock', async () => {
    const on = async (day: string) =>
      (await find({ on: day, projectId: projectId(9) })).map(({ rule, severity }) => [
        rule.id,
        severity?.key,
      ]);
    expect(await on('2024-06-30')).toEqual([]);
    expect(await on('2024-07-01')).toEqual([['L1', 'warning']]);
    expect(await on('2025-07-01')).toEqual([['L1', 'error']]);
    expect(await on('2026-01-01')).toEqual([
      ['L1', 'error'],
      ['L2', 'warning'],
    ]);
    const ripening = await find({ on: '2024-06-30', status: 'ripening' });
    expect(ripening.map(({ id, failsFrom }) => [id, failsFrom])).toEqual([
      [`L1-${projectId(9)}`, '2024-07-01'],
      [`L2-${projectId(9)}`, '2026-01-01'],
    ]);
  });

  it('say why a rule does not apply', async () => {
    const reasons = await find({ status: 'notApplicable', projectId: projectId(9) });
    expect(reasons).toHaveLength(PROJECT_RULES.length - 2);
    for (const { why } of reasons) expect(why).toMatch(/\p{Script=Han}/u);
  });

  it('are found by rule, part, severity, region and category, page by page', async () => {
    const day = '2026-02-01';
    expect((await find({ on: day, ruleCategory: 'delivery' })).map(({ rule }) => rule.id)).toEqual([
      'L1',
      'L2',
    ]);
    expect((await find({ on: day, severity: 'warning' })).map(({ rule }) => rule.id)).toEqual(['L2']);
    expect(await find({ on: day, region: '990101' })).toEqual([]);
    expect(await find({ on: day, region: '990102' })).toHaveLength(2);
    expect(await find({ on: day, category: 'Childcare' })).toEqual([]);
    expect(await find({ on: day, status: 'notApplicable' }, 3)).toEqual(
      await find({ on: day, status: 'notApplicable' }, 100),
    );
    await expect(find({ on: '2026-02' })).rejects.toMatchObject({ code: 'asOf.unreadable' });
  });

  it('are shown one by one', async () => {
    const one = await new FindingHandler(database.dataSource).execute(
      new FindingQuery(`L1-${projectId(9)}`, { on: '2026-02-01' }),
    );
    expect(one).toMatchObject({
      status: { key: 'failing', label: '存在疑点' },
      handling: { key: 'open' },
      reopened: false,
      steps: [],
      items: [{ figures: { plannedStart: '2024-06' } }],
    });
    for (const id of ['L1', `X9-${projectId(9)}`, `L1-${projectId(77)}`]) {
      expect(await new FindingHandler(database.dataSource).execute(new FindingQuery(id))).toBeNull();
    }
  });
});
