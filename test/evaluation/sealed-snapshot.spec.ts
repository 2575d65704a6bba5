import { createHash } from 'node:crypto';
import { canonicalJson } from '#libs/kernel/canonical.js';
import { newId } from '#libs/kernel/ids.js';
import type { Entry } from '#libs/evaluation/snapshot/entry.js';
import { figureLabel } from '#libs/evaluation/snapshot/figure-words.js';
import { wholeText } from '#libs/evaluation/snapshot/snapshot.js';
import type { Sealed } from '#libs/evaluation/domain/events.js';
import { INDICATOR_DEFINITIONS } from '#libs/plans/domain/indicators/definitions.js';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import { adoptRules, recordPlan } from './plan-and-rules.js';
import { bench, benchOnDouble, EVALUATOR, type Bench } from './two-platforms.js';

const PREFECTURE = { counties: 4, years: 5, seed: 7, projectsPerCountyYear: 2 };
const YEAR = { region: '990100', year: 2025 };

/** Projects, a plan and rules of the region's own. */
async function record({ platform: { store } }: Bench): Promise<void> {
  await loadPrefecture(store, PREFECTURE);
  await recordPlan(store);
  await adoptRules(store, 'shizhou', '990100', '2025-07-01');
}

async function textOf({ texts }: Bench, { sections }: Sealed): Promise<string> {
  let text = '';
  for await (const part of wholeText(sections, (digest) => texts.text(digest))) text += part;
  return text;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a sealed snapshot of the made-up prefecture', () => {
  let first: Bench;
  let sealed: Sealed;
  let text: string;

  beforeAll(async () => {
    first = await bench();
    await record(first);
    ({ sealed } = await first.evaluator.seal({ ...YEAR, actor: EVALUATOR, commandId: newId() }));
    text = await textOf(first, sealed);
  });
  afterAll(() => first.close());

  it('is canonical JSON, and its digest is that of its bytes', () => {
    expect(sha256(text)).toBe(sealed.digest);
    const parsed = JSON.parse(text) as Record<string, unknown[]>;
    expect(canonicalJson(parsed)).toBe(text);
    expect(Object.keys(parsed)).toEqual(sealed.sections.map(({ name }) => name));
    for (const { name, digest, entries, bytes } of sealed.sections) {
      const section = canonicalJson(parsed[name]);
      expect([sha256(section), Buffer.byteLength(section), parsed[name]!.length]).toEqual([
        digest,
        bytes,
        entries,
      ]);
    }
  });

  it('tells of projects, money, findings and counts, and of nothing that is the store’s own', () => {
    const entries = Object.fromEntries(sealed.sections.map(({ name, entries: n }) => [name, n]));
    expect(entries['ledger']).toBeGreaterThan(40);
    expect(entries['findings']).toBeGreaterThan(10);
    expect(entries['counts']).toBeGreaterThan(24);
    expect(entries['lists']).toBeGreaterThan(0);
    expect(entries['indicators']).toBe(5 * INDICATOR_DEFINITIONS.length);
    expect(entries['plans']).toBeGreaterThan(4);
    expect(entries['tasks']).toBe(2);
    expect(text).not.toContain(sealed.storeId);
  });

  it('calls each of its figures by a Chinese name', () => {
    const sections = Object.values(JSON.parse(text) as Record<string, Entry[]>);
    const figures = new Set(sections.flat().flatMap((entry) => Object.keys(entry.figures)));
    expect(figures.size).toBeGreaterThan(60);
    expect([...figures].filter((figure) => !/\p{Script=Han}/u.test(figureLabel(figure)))).toEqual([]);
  });

  it.each([
    ['a second, empty PostgreSQL', () => bench()],
    ['EventStoreDB', benchOnDouble],
  ])('is the same bytes and the same digest on %s', async (_what, open) => {
    const second = await open();
    try {
      await record(second);
      const outcome = await second.evaluator.seal({ ...YEAR, actor: EVALUATOR, commandId: newId() });
      expect(outcome.sealed.digest).toBe(sealed.digest);
      expect(await textOf(second, outcome.sealed)).toBe(text);
      expect(outcome.sealed.storeId).not.toBe(sealed.storeId);
    } finally {
      await second.close();
    }
  });

  it('sealed a second time is answered as before, and nothing is stored', async () => {
    const before = await first.platform.store.lastPosition();
    const again = await first.evaluator.seal({ ...YEAR, actor: EVALUATOR, commandId: newId() });
    expect(again).toMatchObject({ outcome: 'unchanged', sealed });
    expect(await first.platform.store.lastPosition()).toBe(before);
  });
});
