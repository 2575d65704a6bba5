import { item, line as aLine } from '../testing/sides.js';
import type { StatementLine } from './match.js';
import { pairsOfDecisions, stillDecidable, type PairDecision } from './pair-decisions.js';

const line = (row: number, more: Partial<StatementLine> = {}) => aLine(row, { date: '2025-06-03', ...more });
const said = (row: number, n: number, decision: PairDecision['decision'] = 'confirmed'): PairDecision => ({
  sheet: '流水',
  row,
  eventId: item(n).eventId,
  decision,
});
const LINES = [line(1), line(2), line(3, { amountFen: '7' }), line(4, { source: 'CountyFiscal' })];
const ITEMS = [item(1), item(2), item(3, { date: '2025-07-01' })];

it('are about the pairs that they name', () => {
  expect(pairsOfDecisions([said(1, 2), said(2, 2, 'rejected')], LINES, ITEMS, 5)).toEqual({
    confirmed: [{ line: LINES[0], item: ITEMS[1] }],
    rejected: [{ line: LINES[1], item: ITEMS[1] }],
  });
});

it.each<[string, PairDecision[], string]>([
  ['a row that the file does not have', [said(9, 1)], 'notAPair'],
  ['a row of another sheet', [{ ...said(1, 1), sheet: '说明' }], 'notAPair'],
  ['an event that is not in the ledger side', [said(1, 9)], 'notAPair'],
  ['another amount', [said(3, 1)], 'notAPair'],
  ['dates too far apart', [said(1, 3, 'rejected')], 'notAPair'],
  ['two sources', [said(4, 1)], 'otherSource'],
  ['one pair twice', [said(1, 1, 'rejected'), said(1, 1)], 'pairTwice'],
  ['a line confirmed twice', [said(1, 1), said(1, 2)], 'pairTwice'],
  ['an item confirmed twice', [said(1, 1), said(2, 1)], 'pairTwice'],
])('are refused: %s', (_what, decisions, code) => {
  expect(() => pairsOfDecisions(decisions, LINES, ITEMS, 5)).toThrow(
    expect.objectContaining({ code: `reconciliation.${code}` }) as Error,
  );
});

it('stand as long as the line and the item are there', () => {
  const decisions = [said(1, 1), said(2, 2, 'rejected')];
  expect(stillDecidable(decisions, LINES, [item(2)], 5)).toEqual([decisions[1]]);
});
