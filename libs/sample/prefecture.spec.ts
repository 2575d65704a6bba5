import type { AppendRequest } from '#libs/event-store/port.js';
import { isSampleRegion } from '#libs/kernel/regions.js';
import { decodeProjectEvent } from '#libs/projects/domain/codec.js';
import { projectDecider } from '#libs/projects/domain/decider.js';
import { PROJECT_EVENT_SCHEMAS } from '#libs/projects/domain/events.js';
import type { RecordedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { FUNDING_LEVELS, FUNDING_SOURCES, PROJECT_STAGES } from '#libs/projects/domain/vocabulary.js';
import { generatePrefecture, SAMPLE_UNTIL } from './prefecture.js';

const options = { counties: 9, years: 8, seed: 7 };
const requests = [...generatePrefecture(options)];
const lives = requests.map(decoded);
const events = lives.flat();

function decoded({ stream, events }: AppendRequest): RecordedProjectEvent[] {
  return events.map((event, revision) =>
    decodeProjectEvent({ ...event, stream, revision, position: String(revision) }),
  );
}

/** The words of a field, wherever it stands in the events. */
function valuesOf(field: string): Set<unknown> {
  const found = new Set<unknown>();
  const told = events.map(({ data, envelope }) => ({ data, envelope }));
  JSON.stringify(told, (key, value: unknown) => {
    if (key === field) found.add(value);
    return value;
  });
  return found;
}

describe('generatePrefecture', () => {
  it('gives the same bytes for the same options', () => {
    expect(JSON.stringify([...generatePrefecture(options)])).toBe(JSON.stringify(requests));
  });

  it('gives another prefecture for another seed', () => {
    const [first] = generatePrefecture({ ...options, seed: 8 });
    expect(first?.stream).not.toBe(requests[0]?.stream);
  });

  it('only adds projects where counties, years or projects are added', () => {
    const larger = { counties: 10, years: 9, seed: 7, projectsPerCountyYear: 5 };
    const more = new Set([...generatePrefecture(larger)].map((request) => JSON.stringify(request)));
    for (const request of requests) expect(more.has(JSON.stringify(request))).toBe(true);
  });

  it('yields project by project, so that memory does not grow with their number', () => {
    const endless = generatePrefecture({ counties: 99, years: 60, seed: 1, projectsPerCountyYear: 1000 });
    const [first] = endless;
    expect(first?.events.length).toBeGreaterThan(0);
  });

  it('tells of every kind of event, funding source and level', () => {
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(Object.keys(PROJECT_EVENT_SCHEMAS)));
    expect(valuesOf('source')).toEqual(new Set(Object.keys(FUNDING_SOURCES)));
    expect(valuesOf('level')).toEqual(new Set(Object.keys(FUNDING_LEVELS)));
    expect(valuesOf('priorYear')).toEqual(new Set([true]));
    expect(valuesOf('stage')).toEqual(new Set(['allocated', 'disbursed', 'received']));
  });

  it('has budget years closed by finance, as they may be', () => {
    const closings = events.filter(({ type }) => type === 'BudgetYearClosed');
    expect(new Set(closings.map(({ envelope }) => envelope.actor.role))).toEqual(new Set(['Finance']));
  });

  it('has projects in every stage at the end', () => {
    const stages = lives.map(
      (life) => life.reduce(projectDecider.evolve, projectDecider.initialState()).stage,
    );
    expect(new Set(stages)).toEqual(new Set(Object.keys(PROJECT_STAGES)));
  });

  it('records facts in order, after they took effect, and never in the future', () => {
    for (const life of lives) {
      const recorded = life.map(({ envelope }) => envelope.recordedAt);
      expect(recorded).toEqual([...recorded].sort());
      for (const { effectiveDate, envelope } of life) {
        expect(effectiveDate <= envelope.recordedAt.slice(0, 10)).toBe(true);
        expect(envelope.recordedAt.slice(0, 10) <= SAMPLE_UNTIL).toBe(true);
      }
    }
  });

  it('uses no id twice', () => {
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(requests.map(({ stream }) => stream)).size).toBe(requests.length);
  });

  it('is labelled as made up wherever a name stands', () => {
    for (const field of [
      'name',
      'place',
      'payee',
      'authority',
      'documentNumber',
      'basisDocument',
      'unit',
      'user',
    ]) {
      const values = [...valuesOf(field)] as string[];
      expect(values.length).toBeGreaterThan(0);
      expect(values.filter((value) => !value.includes('示例'))).toEqual([]);
    }
    const regions = [...valuesOf('regions')].flat() as string[];
    expect(regions.filter((code) => !isSampleRegion(code))).toEqual([]);
  });
});

it('hands money over in pairs: what leaves one project comes to another on the same day', () => {
  const halves = new Map<string, bigint[]>();
  for (const { type, data, effectiveDate, projectId } of events) {
    if (type !== 'FundsReallocatedOut' && type !== 'FundsReallocatedIn') continue;
    const sign = type === 'FundsReallocatedIn' ? 1n : -1n;
    const [giver, taker] = sign > 0n ? [data.counterpartId, projectId] : [projectId, data.counterpartId];
    const key = [data.reallocationId, giver, taker, data.stage, data.budgetYear, effectiveDate].join(' ');
    halves.set(key, [...(halves.get(key) ?? []), sign * BigInt(data.amountFen)]);
  }
  expect(halves.size).toBeGreaterThan(0);
  for (const [out, taken] of halves.values()) expect([taken, out]).toEqual([-out!, -taken!]);
});
