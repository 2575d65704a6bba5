import type { AppendRequest } from '#libs/event-store/port.js';
import { sectionOf } from '#libs/evaluation/application/sealed-sections.js';
import type { Sealed } from '#libs/evaluation/domain/events.js';
import { idFor, newId } from '#libs/kernel/ids.js';
import type { ProjectDetails, ProjectEvent } from '#libs/projects/domain/events.js';
import {
  details,
  projectId,
  recorded,
  reversalOf,
  wan,
  type Happening,
} from '#libs/read-models/testing/recorded.js';
import { bench, EVALUATOR, type Bench } from './two-platforms.js';

const LIST = '示例州2025年度重大项目清单';

const tell = (n: number, effective: string, event: ProjectEvent): Happening => ({
  projectId: projectId(n),
  effective,
  event,
});
const enter = (n: number, more: Partial<ProjectDetails>) =>
  tell(n, '2024', {
    type: 'ProjectEnteredPool',
    data: { projectId: projectId(n), details: details(`项目${n}`, more) },
  });
const list = (n: number, effective: string) =>
  tell(n, effective, {
    type: 'ProjectListedForYear',
    data: { year: 2025, listTitle: LIST, sequence: n },
  });
const start = (n: number, effective: string) => tell(n, effective, { type: 'ConstructionStarted', data: {} });
const revise = (n: number, before: Partial<ProjectDetails>, after: Partial<ProjectDetails>) =>
  tell(n, '2026-02-01', { type: 'ProjectDetailsRevised', data: { before, after } });

const WITHIN: Happening[] = [
  enter(1, { plannedStart: '2025-03', plannedUse: '2026', totalInvestmentFen: wan(100) }),
  enter(2, { plannedStart: '2025' }),
  enter(3, { plannedStart: '2025-12' }),
  list(1, '2025-02-01'),
  list(2, '2025-02-01'),
  start(1, '2025-03-01'),
];
/** What was not so yet on 31 December 2025. */
const AFTERWARDS: Happening[] = [
  revise(
    1,
    { name: '项目1', regions: ['990101'], plannedStart: '2025-03' },
    { name: '改名项目', regions: ['990102'], plannedStart: '2027' },
  ),
  reversalOf(WITHIN, 5, '2026-03-01'),
  tell(2, '2026-02-01', { type: 'ProjectDelisted', data: { year: 2025, reason: '调出' } }),
  tell(2, '2026-02-01', { type: 'ProjectWithdrawn', data: { reason: '示例' } }),
  list(3, '2026-01-15'),
];
const CORRECTION: Happening[] = [start(3, '2025-12-20')];

/** As a store takes them, each event by itself, so that they keep the order told. */
const requests = (told: readonly Happening[], from: number): AppendRequest[] =>
  recorded(told)
    .slice(from)
    .map(({ id, type, data, metadata, stream, revision }) => ({
      stream,
      expected: revision === 0 ? 'none' : revision - 1,
      events: [{ id, type, data, metadata }],
      command: { id: idFor('specification', id), digest: '0'.repeat(64) },
    }));

describe('the sealed year', () => {
  let one: Bench;
  const told: Happening[] = [];
  const record = async (more: readonly Happening[]) => {
    const from = told.length;
    told.push(...more);
    for (const request of requests(told, from)) await one.platform.store.append([request]);
  };
  const seal = async (reason?: string): Promise<Sealed> => {
    const asked = { region: '990100', year: 2025, ...(reason && { reason }) };
    return (await one.evaluator.seal({ ...asked, actor: EVALUATOR, commandId: newId() })).sealed;
  };
  const digests = ({ sections }: Sealed, ...names: string[]) =>
    sections.filter(({ name }) => names.includes(name)).map(({ name, digest }) => [name, digest]);
  const starts = async (sealed: Sealed) => {
    const rates = await sectionOf(one.texts, sealed, 'rates');
    const { startPart, startOf } = rates.find(({ key }) => key === 'total')!.figures;
    return [startPart, startOf];
  };

  beforeAll(async () => {
    one = await bench();
  });
  afterAll(() => one.close());

  it('tells the list, planned dates and starts as they were on its last day, and later corrections of them', async () => {
    await record(WITHIN);
    const first = await seal();
    expect(await starts(first)).toEqual(['1', '3']);
    expect(
      (await sectionOf(one.texts, first, 'lists')).map(({ label, figures }) => [label, figures]),
    ).toEqual(
      expect.arrayContaining([
        [
          '项目1',
          expect.objectContaining({ list: LIST, sequence: 1, plannedUse: '2026', startedOn: '2025-03-01' }),
        ],
        ['项目2', expect.objectContaining({ list: LIST, sequence: 2, startedOn: null })],
      ]),
    );

    await record(AFTERWARDS);
    const second = await seal('后来的变化');
    const same = ['about', 'counts', 'indicators', 'ledger', 'lists', 'plans', 'rates'];
    expect(digests(second, ...same)).toEqual(digests(first, ...same));

    await record(CORRECTION);
    const third = await seal('补记开工');
    expect(await starts(third)).toEqual(['2', '3']);
    expect(digests(third, 'lists')).toEqual(digests(first, 'lists'));
  });
});
