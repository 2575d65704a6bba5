import fc from 'fast-check';
import { makePosition, type Position, type StoredEvent } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { compare } from '#libs/kernel/rational.js';
import { cohortOf, type CohortKey } from '#libs/findings/domain/cohorts.js';
import { addToDossiers, emptyDossier, type Dossier } from '#libs/findings/domain/dossier.js';
import type { Outcome } from '#libs/findings/domain/outcome.js';
import type { Parameter } from '#libs/findings/domain/parameters.js';
import {
  encodeRuleSetAdopted,
  ruleSetStream,
  type RuleSetAdopted,
} from '#libs/findings/domain/rule-set-events.js';
import { SHIPPED_RULE_SET, timetableOf, type Adoption } from '#libs/findings/domain/rule-sets.js';
import { comparableOf, unitCostOf } from '#libs/findings/domain/rules/c2-cost-outside-cohort.js';
import { PROJECT_RULES } from '#libs/findings/domain/rules/rules.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { randomHistory } from '../testing/random-history.js';
import { ReadModelDatabase } from '../testing/read-model-database.js';
import { ACTOR, recorded, type Happening } from '../testing/recorded.js';
import { findingsProjection } from './projection.js';
import { adoptionOf } from './rule-book.js';

let database: ReadModelDatabase;
beforeAll(async () => {
  database = await ReadModelDatabase.open(findingsProjection);
});
afterAll(() => database.close());

const STORE = idFor('specification store');
const at = (n: number): Position => makePosition(STORE, n.toString(16).padStart(16, '0'));
const START = Date.UTC(2026, 0, 1);
const recordedAtOf = ({ metadata }: StoredEvent): string => metadata['recordedAt'] as string;

interface Adopted {
  /** After which share of the events it is adopted, in percent. */
  after: number;
  region: string;
  from: string;
  changes: Parameter[];
  without: string | undefined;
}

const parameter = (name: string, value: string, from = '1949-10-01'): Parameter => ({
  name,
  value,
  from,
  source: '示例',
});
const adopted = fc.record<Adopted>({
  after: fc.nat(100),
  region: fc.constantFrom('990100', '990100', '990101', '990102'),
  from: fc.constantFrom('1949-10-01', '2023-06-01', '2024-07-01', '2026-01-01'),
  changes: fc.subarray([
    parameter('M4.days', '1'),
    parameter('M3.warningMonths', '60'),
    parameter('L2.errorAfterDays', '3'),
    parameter('C2.leastProjects', '2'),
    parameter('C2.highestShareOfMedian', '1'),
    parameter('C1.percent', '50', '2024-01-01'),
  ]),
  without: fc.constantFrom(undefined, undefined, 'M8', 'C2', 'M4'),
});

function adoption(
  { region, from, changes, without }: Adopted,
  n: number,
  place: number,
  recordedAt: string,
): StoredEvent {
  const names = new Set(changes.map(({ name }) => name));
  const data: RuleSetAdopted = {
    ruleSetId: 'example',
    version: n + 1,
    title: '示例规则集',
    authority: '示例州发展改革委',
    documentNumber: '示例发改〔2026〕1号',
    region,
    from,
    parameters: [...SHIPPED_RULE_SET.parameters.filter(({ name }) => !names.has(name)), ...changes].map(
      (one) => ({
        ...one,
        value: typeof one.value === 'string' ? one.value : [...one.value],
      }),
    ),
    rules: SHIPPED_RULE_SET.rules.filter(({ id }) => id !== without),
  };
  const commandId = idFor('adopt', String(n), String(place));
  const event = encodeRuleSetAdopted(data, commandId, {
    commandId,
    commandDigest: '0'.repeat(64),
    actor: ACTOR,
    effectiveDate: '2026-01-01',
    recordedAt,
    evidence: [],
    correlationId: commandId,
    causationId: commandId,
  });
  return { ...event, stream: ruleSetStream('example'), revision: n, position: at(10 * place + 1 + n) };
}

/** The history with adoptions between its events, none of them within a moment. */
function told(history: readonly Happening[], sets: readonly Adopted[]): StoredEvent[] {
  const events = recorded(history).map((stored, n) => ({ ...stored, position: at(10 * n + 10) }));
  const adoptions = sets.flatMap((one, n) => {
    let place = Math.floor((events.length * one.after) / 100);
    const sameMoment = () =>
      place > 0 && place < events.length && recordedAtOf(events[place - 1]!) === recordedAtOf(events[place]!);
    while (sameMoment()) place += 1;
    const recordedAt = place === 0 ? new Date(START).toISOString() : recordedAtOf(events[place - 1]!);
    return [adoption(one, n, place, recordedAt)];
  });
  return [...events, ...adoptions].sort((a, b) => (a.position < b.position ? -1 : 1));
}

/** The plain reading: fold all that is known by then, then judge every project by the sets known by then. */
function judged(events: readonly StoredEvent[], asKnownAt: string): Map<string, Outcome> {
  const dossiers = new Map<string, Dossier>();
  const adoptions: Adoption[] = [];
  for (const stored of events.filter((each) => recordedAtOf(each) <= asKnownAt)) {
    if (stored.stream.startsWith('rule-set-')) {
      adoptions.push(adoptionOf(stored.data as unknown as RuleSetAdopted));
      continue;
    }
    const event = decodeProjectEvent(stored);
    if (!dossiers.has(event.projectId)) dossiers.set(event.projectId, emptyDossier());
    addToDossiers((id) => dossiers.get(id), event);
  }
  const comparables = [...dossiers.values()].flatMap((dossier) => comparableOf(dossier) ?? []);
  const cohorts = (key: CohortKey) =>
    cohortOf(
      comparables
        .filter(({ cohort }) => cohort === key)
        .map(unitCostOf)
        .toSorted(compare),
    );
  return new Map(
    [...dossiers].flatMap(([id, dossier]) => {
      const timetable = timetableOf(adoptions, dossier.details?.regions ?? []);
      return PROJECT_RULES.map((rule) => [
        `${rule.id}-${id}`,
        timetable.admit(rule, rule.evaluate(dossier, timetable, cohorts)),
      ]);
    }),
  );
}

describe('findings under rule sets that are adopted', () => {
  it('equal judging all that is known by the sets known, at any time, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomHistory,
        fc.array(adopted, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        fc.option(fc.nat(1500), { nil: 100_000 }),
        async (history, sets, batch, minutes) => {
          const events = told(history, sets);
          await database.startAnew();
          await database.apply(events, batch);
          const asKnownAt = new Date(START + minutes * 60_000).toISOString();
          const rows = await database.pool.query<{ id: string; outcome: Outcome }>(
            `select distinct on (subject_id, rule) rule || '-' || subject_id as id, outcome
             from read.finding_result where known_at <= $1 order by subject_id, rule, position desc`,
            [asKnownAt],
          );
          expect(new Map(rows.rows.map(({ id, outcome }) => [id, outcome]))).toEqual(
            judged(events, asKnownAt),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
