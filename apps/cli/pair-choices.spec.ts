import type { ReconciliationReport } from '#libs/reconciliation/application/reconciler.js';
import type { Match } from '#libs/reconciliation/domain/match.js';
import { decisionsWith, namedRows } from './pair-choices.js';

type Tried = Pick<ReconciliationReport, 'matches' | 'rejected' | 'decisions'>;
const pair = (row: number, eventId: string, basis: Match['basis'] = 'proposed', sheet = '流水'): Match =>
  ({ line: { sheet, row }, item: { eventId }, basis, differs: [] }) as unknown as Match;
const chosen = (tried: Tried, confirm: string, reject = '') =>
  decisionsWith(tried as ReconciliationReport, {
    confirmed: confirm === '' ? [] : namedRows(confirm),
    rejected: reject === '' ? [] : namedRows(reject),
  }).map(({ sheet, row, eventId, decision }) => `${sheet}!${row} ${eventId} ${decision}`);

it('decides on the pairs that are proposed for rows, and keeps what was said of others', () => {
  const tried: Tried = {
    matches: [pair(3, 'a'), pair(5, 'b'), pair(7, 'c', 'confirmed')],
    rejected: [],
    decisions: [{ sheet: '流水', row: 7, eventId: 'c', decision: 'confirmed' }],
  };
  expect(chosen(tried, '3,流水!5')).toEqual([
    '流水!7 c confirmed',
    '流水!3 a confirmed',
    '流水!5 b confirmed',
  ]);
});

it('turns round what was said: a confirmed row is rejected, a rejected one confirmed', () => {
  const tried: Tried = {
    matches: [pair(3, 'a', 'confirmed')],
    rejected: [pair(5, 'b')],
    decisions: [
      { sheet: '流水', row: 3, eventId: 'a', decision: 'confirmed' },
      { sheet: '流水', row: 5, eventId: 'b', decision: 'rejected' },
    ],
  };
  expect(chosen(tried, '5', '3')).toEqual(['流水!5 b confirmed', '流水!3 a rejected']);
});

it.each<[string, Match[], string]>([
  ['nothing is proposed for', [pair(4, 'a')], '对账单第 3 行没有可以确认的匹配'],
  ['is matched already', [pair(3, 'a', 'exact')], '对账单第 3 行没有可以确认的匹配'],
  ['several sheets have', [pair(3, 'a'), pair(3, 'b', 'proposed', '二月')], '请写明工作表，如 流水!3'],
])('refuses a row that %s', (_what, matches, message) => {
  expect(() => chosen({ matches, rejected: [] }, '3')).toThrow(message);
});

it('reads rows, and nothing else', () => {
  expect(namedRows('3, 流水!5')).toEqual([{ row: 3 }, { sheet: '流水', row: 5 }]);
  expect(() => namedRows('三')).toThrow('行号');
});
