import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import { newId } from '#libs/kernel/ids.js';
import { StatisticsDesk } from '../application/statistics-desk.js';
import { statisticsCodec, statisticsStream, type ReportedFigure } from './events.js';
import { deadlineOf, readPeriod } from './period.js';

const LEAD = { user: '甲', unit: '示例州民政局', role: 'LeadUnit', region: '990100' };
const CHECKER = { ...LEAD, user: '乙' };
const HEALTH = { user: '丙', unit: '示例州卫健委', role: 'LeadUnit', region: '990100' };
const where = { region: '990100', period: '2025' };
const figure = (key: ReportedFigure['figure'], value: string | null): ReportedFigure => ({
  figure: key,
  value,
  source: '民政统计台账',
});
const BEDS = [figure('institutionBeds', '100'), figure('institutionNursingBeds', '60')];
const DUTIES = [
  { unit: LEAD.unit, figures: BEDS.map((each) => each.figure) },
  { unit: HEALTH.unit, figures: ['places' as const] },
];

function bench(now = '2026-01-20T02:00:00.000Z') {
  const store = new MemoryEventStore();
  const desk = new StatisticsDesk(store, () => new Date(now));
  const step = (actor: typeof LEAD) => ({ ...where, actor, commandId: newId() });
  const types = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const stored of store.readStream(statisticsStream('990100', '2025'))) {
      found.push(statisticsCodec.decode(stored).type);
    }
    return found;
  };
  return { desk, step, types };
}

async function opened(now?: string) {
  const it = bench(now);
  await it.desk.open({ ...it.step(LEAD), duties: DUTIES });
  return it;
}

it('goes from duty over submission, return and resubmission to the check, each by its own person', async () => {
  const { desk, step, types } = await opened();
  await desk.submit({ ...step(LEAD), figures: BEDS });
  await desk.giveBack({ ...step(CHECKER), unit: LEAD.unit, reason: '与上期出入大' });
  await desk.submit({ ...step(LEAD), figures: [figure('institutionBeds', '110'), BEDS[1]!] });
  await desk.check({ ...step(CHECKER), unit: LEAD.unit });
  expect(await types()).toEqual([
    'ReportingOpened',
    'StatisticsSubmitted',
    'StatisticsReturned',
    'StatisticsSubmitted',
    'StatisticsChecked',
  ]);
  await expect(desk.submit({ ...step(LEAD), figures: BEDS })).rejects.toMatchObject({
    code: 'statistics.checked',
  });
  await desk.giveBack({ ...step(CHECKER), unit: LEAD.unit, reason: '更正' });
  expect((await desk.submit({ ...step(LEAD), figures: BEDS })).outcome).toBe('recorded');
});

it('answers the same command once', async () => {
  const { desk, step, types } = await opened();
  const again = { ...step(LEAD), figures: BEDS };
  await desk.submit(again);
  expect((await desk.submit(again)).outcome).toBe('repeated');
  await expect(desk.submit({ ...again, figures: BEDS.toReversed() })).rejects.toMatchObject({
    code: 'command.reused',
  });
  expect(await types()).toHaveLength(2);
});

it('takes unknown for what it is, and a part only as large as its whole', async () => {
  const { desk, step } = await opened();
  const more = [figure('institutionBeds', '100'), figure('institutionNursingBeds', '101')];
  await expect(desk.submit({ ...step(LEAD), figures: more })).rejects.toMatchObject({
    code: 'statistics.partOverWhole',
    details: { values: { institutionBeds: '100', institutionNursingBeds: '101' } },
  });
  const unknown = [figure('institutionBeds', null), figure('institutionNursingBeds', '101')];
  expect((await desk.submit({ ...step(LEAD), figures: unknown })).outcome).toBe('recorded');
});

type Desk = Awaited<ReturnType<typeof opened>>;
it.each<[string, string, (it: Desk) => Promise<unknown>]>([
  [
    'a check by who submitted',
    'statistics.samePerson',
    async ({ desk, step }) => {
      await desk.submit({ ...step(LEAD), figures: BEDS });
      await desk.check({ ...step(LEAD), unit: LEAD.unit });
    },
  ],
  [
    'a check of nothing',
    'statistics.notSubmitted',
    ({ desk, step }) => desk.check({ ...step(CHECKER), unit: LEAD.unit }),
  ],
  [
    'a unit that owes nothing',
    'statistics.notOwed',
    ({ desk, step }) => desk.submit({ ...step({ ...LEAD, unit: '示例州教育局' }), figures: BEDS }),
  ],
  [
    'figures that were not asked for',
    'statistics.otherFigures',
    ({ desk, step }) => desk.submit({ ...step(LEAD), figures: [...BEDS, figure('places', '1')] }),
  ],
  [
    'a figure left out',
    'statistics.otherFigures',
    ({ desk, step }) => desk.submit({ ...step(LEAD), figures: BEDS.slice(1) }),
  ],
  [
    'a second opening',
    'statistics.alreadyOpened',
    ({ desk, step }) => desk.open({ ...step(LEAD), duties: DUTIES }),
  ],
  [
    'a period that is none',
    'statistics.badPeriod',
    ({ desk, step }) => desk.open({ ...step(LEAD), period: '2025-H3', duties: DUTIES }),
  ],
  [
    'a period not opened',
    'statistics.notOpened',
    ({ desk, step }) => desk.submit({ ...step(LEAD), period: '2024', figures: BEDS }),
  ],
  [
    'one figure owed by two units',
    'statistics.figureTwice',
    ({ desk, step }) =>
      desk.open({ ...step(LEAD), period: '2024', duties: [...DUTIES, { unit: '丁', figures: ['places'] }] }),
  ],
  [
    'an auditor who checks',
    'actor.notPermitted',
    ({ desk, step }) => desk.check({ ...step({ ...CHECKER, role: 'Audit' }), unit: LEAD.unit }),
  ],
  [
    'another region',
    'actor.outsideRegion',
    ({ desk, step }) => desk.submit({ ...step({ ...LEAD, region: '990101' }), figures: BEDS }),
  ],
])('refuses %s', async (_what, code, act) => {
  await expect(act(await opened())).rejects.toMatchObject({ code });
});

it('takes no report before the period is over', async () => {
  const { desk, step } = await opened('2025-12-31T15:59:59.000Z');
  await expect(desk.submit({ ...step(LEAD), figures: BEDS })).rejects.toMatchObject({
    code: 'statistics.periodNotOver',
  });
});

it.each([
  ['2025', 'year', '2025-12-31', '2026-03-01'],
  ['2024-H1', 'halfYear', '2024-06-30', '2024-07-30'],
  ['2025-Q3', 'quarter', '2025-09-30', '2025-10-20'],
  ['2024-02', 'month', '2024-02-29', '2024-03-10'],
])('%s is a %s, ends on %s and is due by %s', (text, kind, lastDay, deadline) => {
  const period = readPeriod(text)!;
  expect([period.kind, period.lastDay, deadlineOf(period)]).toEqual([kind, lastDay, deadline]);
});
