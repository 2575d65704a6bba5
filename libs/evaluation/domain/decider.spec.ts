import { evaluationDecider, standing, type EvaluationCommand } from './decider.js';
import type { EvaluationEvent, Sealed } from './events.js';
import { DEFAULT_SHEET } from './sheet/template.js';

const digest = (letter: string) => letter.repeat(64);
const section = (name: string, letter: string) => ({ name, digest: digest(letter), bytes: 2, entries: 0 });
const SEALED: Sealed = {
  region: '990100',
  year: 2025,
  storeId: '5d0f9d2e-0000-4000-8000-000000000000',
  position: '5d0f9d2e-0000-4000-8000-000000000000:0000000000000009',
  asEffectiveOn: '2025-12-31',
  format: 1,
  ruleSet: { id: 'default', version: 1 },
  definitions: null,
  sheet: { id: DEFAULT_SHEET.id, version: 1 },
  sections: [section('counts', 'a'), section('ledger', 'b')],
  digest: digest('c'),
};
const CORRECTED = {
  ...SEALED,
  sections: [section('counts', 'a'), section('ledger', 'd')],
  digest: digest('e'),
};
const seal = (sealed: Sealed, reason?: string, today = '2026-01-10'): EvaluationCommand => ({
  type: 'SealEvaluation',
  data: { sealed, reason },
  today,
});
const score = (
  item: string,
  points: string,
  sheet = { id: DEFAULT_SHEET.id, version: 1 },
): EvaluationCommand => ({
  type: 'ScoreEvaluation',
  data: { sheet, scores: [{ item, points, evidence: [{ documentNumber: '示例评〔2026〕1号' }] }] },
});

function told(...commands: EvaluationCommand[]) {
  let state = evaluationDecider.initialState();
  let last: EvaluationEvent[] = [];
  for (const command of commands) {
    last = evaluationDecider.decide(command, state);
    for (const event of last) state = evaluationDecider.evolve(state, event);
  }
  return { state, last };
}
const refused = (code: string, details: object = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object }) as Error;

describe('sealing', () => {
  it('records the snapshot once, however often the same is sealed', () => {
    expect(told(seal(SEALED)).last).toEqual([{ type: 'EvaluationSealed', data: SEALED }]);
    expect(
      told(seal(SEALED), seal({ ...SEALED, position: `${SEALED.storeId}:000000000000000a` })).last,
    ).toEqual([]);
  });

  it('asks why where other content stands, and names what differs', () => {
    expect(() => told(seal(SEALED), seal(CORRECTED))).toThrow(
      refused('evaluation.alreadySealed', {
        sections: ['ledger'],
        standing: SEALED.digest,
        now: CORRECTED.digest,
      }),
    );
  });

  it('puts a corrected snapshot beside the old one, which is kept', () => {
    const { state, last } = told(seal(SEALED), seal(CORRECTED, '补记一笔支付'));
    expect(last).toEqual([
      { type: 'EvaluationSealed', data: CORRECTED },
      {
        type: 'EvaluationSuperseded',
        data: { digest: SEALED.digest, by: CORRECTED.digest, reason: '补记一笔支付' },
      },
    ]);
    expect([state.seals, standing(state)]).toEqual([[SEALED, CORRECTED], CORRECTED]);
  });

  it('waits for the year to be over', () => {
    expect(() => told(seal(SEALED, undefined, '2025-12-31'))).toThrow(refused('evaluation.yearNotOver'));
    expect(told(seal(SEALED, undefined, '2026-01-01')).last).toHaveLength(1);
  });
});

describe('scoring', () => {
  it('keeps the last points of an item', () => {
    const { state } = told(score('E1', '8'), score('E1', '9.5'), score('F2', '5'));
    expect([...state.scores].map(([item, { points }]) => [item, points])).toEqual([
      ['E1', '9.5'],
      ['F2', '5'],
    ]);
  });

  it.each([
    ['evaluation.pointsOverWeight', score('E1', '10.01')],
    ['evaluation.derivedItem', score('A1', '1')],
    [
      'evaluation.evidenceMissing',
      {
        type: 'ScoreEvaluation',
        data: {
          sheet: { id: DEFAULT_SHEET.id, version: 1 },
          scores: [{ item: 'E1', points: '1', evidence: [{ note: '示例' }, {}] }],
        },
      },
    ],
    ['evaluation.unknownItem', score('Z9', '1')],
    ['evaluation.otherSheet', score('E1', '1', { id: DEFAULT_SHEET.id, version: 2 })],
    [
      'evaluation.itemTwice',
      {
        type: 'ScoreEvaluation',
        data: {
          sheet: { id: DEFAULT_SHEET.id, version: 1 },
          scores: ['1', '2'].map((points) => ({ item: 'E1', points, evidence: [{ note: '示例' }] })),
        },
      },
    ],
  ] satisfies [string, EvaluationCommand][])('refuses %s', (code, command) => {
    expect(() => told(command)).toThrow(refused(code));
  });
});
