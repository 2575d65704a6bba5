import type { SealedTexts } from '#libs/database/sealed-texts.js';
import { StoreUnavailable } from '#libs/event-store/errors.js';
import type { EventStore } from '#libs/event-store/port.js';
import { Evaluator } from '#libs/evaluation/application/evaluator.js';
import { newId } from '#libs/kernel/ids.js';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import { bench, EVALUATOR, type Bench } from './two-platforms.js';

const YEAR = { region: '990100', year: 2025 };

describe('a sealing that fails on the way', () => {
  let one: Bench;
  beforeAll(async () => {
    one = await bench();
    await loadPrefecture(one.platform.store, { counties: 1, years: 2, seed: 5, projectsPerCountyYear: 2 });
  });
  afterAll(() => one.close());

  /** Keeps so many texts and then none. */
  const breaking = (after: number): SealedTexts => {
    let written = 0;
    const write: SealedTexts['write'] = (...said) => {
      if (++written > after) return Promise.reject(new Error('the disk is full'));
      return one.texts.write(...said);
    };
    return { write } as SealedTexts;
  };
  /** Reads, and does not write. */
  const readOnly = (): EventStore =>
    new Proxy(one.platform.store, {
      get: (store, name) => {
        if (name === 'append') return () => Promise.reject(new StoreUnavailable('the store went away'));
        const value: unknown = Reflect.get(store, name);
        return typeof value === 'function' ? (value.bind(store) as unknown) : value;
      },
    });

  it('leaves no event, and the next try seals the same bytes, each stored once', async () => {
    const { platform, texts, anchorer } = one;
    const seal = (parts: object) =>
      new Evaluator({ ...platform, texts, anchorer, ...parts }).seal({
        ...YEAR,
        actor: EVALUATOR,
        commandId: newId(),
      });
    const before = await platform.store.lastPosition();
    const expected = await one.evaluator.preview(YEAR);

    for (const after of [0, 3, 8]) {
      await expect(seal({ texts: breaking(after) })).rejects.toThrow('the disk is full');
    }
    await expect(seal({ store: readOnly() })).rejects.toThrow('the store went away');
    // Texts are found through the events that sealed them, and there is none.
    expect(await platform.store.lastPosition()).toBe(before);

    const { outcome, sealed } = await seal({});
    expect([outcome, sealed.digest]).toEqual(['recorded', expected.digest]);
    const stored = await platform.database.query<{ digest: string }[]>('select digest from sealed.text');
    const named = new Set(sealed.sections.map(({ digest }) => digest));
    expect(stored.map(({ digest }) => digest).sort()).toEqual([...named].sort());
  });
});
