import { ApiProblem } from '../../api/problem.js';
import { decisionsWith, differing, placeOfProblem, type Decisions, type RejectedPair } from './words.js';

const yuan = (fen: string) => ({ fen, yuan: '' });

it('tells which side has more of each source and by how much, exactly, and leaves out those that agree', () => {
  const balances = [
    { source: 'CountyFiscal', statement: yuan('90071992547409930'), ledger: yuan('90071992547409931') },
    { source: 'SelfRaised', statement: yuan('5'), ledger: yuan('5') },
    { source: 'CentralBudgetInvestment', statement: yuan('700'), ledger: yuan('0') },
  ];
  expect(differing(balances)).toEqual([
    { source: 'CountyFiscal', more: '台账', by: { fen: '1' } },
    { source: 'CentralBudgetInvestment', more: '对账单', by: { fen: '700' } },
  ]);
});

it('keeps one decision a pair, and none once it is taken back', () => {
  const eventId = 'aaaaaaaa-0000-4000-8000-000000000009';
  const pair = { line: { sheet: 'csv', row: 3 }, item: { eventId } } as RejectedPair;
  const other: Decisions = [{ sheet: 'csv', row: 4, eventId, decision: 'rejected' }];
  const confirmed = decisionsWith(other, pair, 'confirmed');
  expect(confirmed).toEqual([...other, { sheet: 'csv', row: 3, eventId, decision: 'confirmed' }]);
  expect(decisionsWith(confirmed, pair, 'rejected').map(({ decision }) => decision)).toEqual([
    'rejected',
    'rejected',
  ]);
  expect(decisionsWith(confirmed, pair, undefined)).toEqual(other);
});

it.each([
  ['reconciliation.unreadableLines', 'file'],
  ['import.headerMissing', 'file'],
  ['reconciliation.linesOutsidePeriod', 'period'],
  ['actor.notPermitted', 'form'],
])('says %s at the %s', (code, place) => {
  expect(placeOfProblem(new ApiProblem(code, ''))).toBe(place);
});
