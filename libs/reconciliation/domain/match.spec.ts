import fc from 'fast-check';
import { item, line } from '../testing/sides.js';
import { matchStatement, type LedgerItem, type StatementLine } from './match.js';

const bases = (lines: StatementLine[], items: LedgerItem[], days = 5) =>
  matchStatement(lines, items, days).matches.map(({ basis, differs }) => [basis, ...differs].join());

describe('one line and one item', () => {
  it.each<[string, Partial<StatementLine>, Partial<LedgerItem>, string[]]>([
    ['agree in all', {}, {}, ['exact']],
    ['agree but for brackets, width and spaces', { documentNumber: '示例支[2025] 1号' }, {}, ['exact']],
    ['agree through one of the units', {}, { kind: 'receipt', payees: ['甲局', '示例建设公司'] }, ['exact']],
    ['differ in date', { date: '2025-09-09' }, {}, ['document,date']],
    ['differ in payee', { payee: '另一公司' }, {}, ['document,payee']],
    ['differ in source', { source: 'SelfRaised' }, {}, ['document,source']],
    ['differ in document, on one day', { documentNumber: '另一号' }, {}, ['proposed,document']],
    [
      'have no document, five days apart',
      { documentNumber: undefined, date: '2025-06-06' } as object,
      {},
      ['proposed,date,document'],
    ],
    ['lie six days apart', { documentNumber: '另一号', date: '2025-06-07' }, {}, []],
    [
      'lie within a month printed without its day',
      { documentNumber: '另一号' },
      { date: '2025-06' },
      ['proposed,date,document'],
    ],
    ['differ by one fen', { amountFen: '100001' }, {}, []],
    ['are of two projects by name', { projectName: '另一项目' }, {}, []],
    ['are of two projects by code', { projectCode: '2509-320193-89-01-544060' }, {}, []],
    ['are of one project by name', { projectName: '示例 福利院' }, {}, ['exact']],
  ])('%s', (_what, ofLine, ofItem, expected) => {
    expect(bases([line(1, ofLine)], [item(1, ofItem)])).toEqual(expected);
  });
});

it('takes the surest pair first, so that a near one does not take its place', () => {
  const { matches, statementOnly } = matchStatement(
    [line(1, { documentNumber: '另一号', date: '2025-06-02' }), line(2)],
    [item(1)],
    5,
  );
  expect(matches.map((match) => [match.line.row, match.basis])).toEqual([[2, 'exact']]);
  expect(statementOnly.map(({ row }) => row)).toEqual([1]);
});

it('pairs two equal lines with two equal items, and leaves the third over', () => {
  const { matches, statementOnly, ledgerOnly } = matchStatement(
    [line(1), line(2), line(3)],
    [item(1), item(2)],
    5,
  );
  expect(matches.map(({ line: { row } }) => row)).toEqual([1, 2]);
  expect([statementOnly.length, ledgerOnly.length]).toEqual([1, 0]);
});

it('proposes the nearest day, and the same source before another', () => {
  const lines = [line(1, { documentNumber: '另一号' })];
  const far = item(1, { date: '2025-06-03' });
  const near = item(2, { date: '2025-06-02' });
  const otherSource = item(3, { source: 'SelfRaised' });
  const { matches } = matchStatement(lines, [far, near, otherSource], 5);
  expect(matches.map(({ item: { eventId } }) => eventId)).toEqual([near.eventId]);
});

it('takes what was confirmed before all, and never what was rejected', () => {
  const other = line(1, { documentNumber: '另一号', date: '2025-06-02' });
  const lines = [other, line(2)];
  const pair = { line: other, item: item(1) };
  const confirmed = matchStatement(lines, [pair.item], 5, { confirmed: [pair], rejected: [] });
  expect(confirmed.matches.map((match) => [match.line.row, match.basis, match.differs])).toEqual([
    [1, 'confirmed', ['date', 'document']],
  ]);
  expect(confirmed.statementOnly.map(({ row }) => row)).toEqual([2]);
  const near = item(2, { date: '2025-06-06' });
  const rejected = matchStatement([other], [pair.item, near], 5, { confirmed: [], rejected: [pair] });
  expect(rejected.matches.map((match) => match.item.eventId)).toEqual([near.eventId]);
  expect(rejected.ledgerOnly).toEqual([pair.item]);
});

const days = fc.constantFrom('2025-06-01', '2025-06-03', '2025-06-09', '2025-07-01');
const documents = fc.constantFrom('甲1号', '甲2号', '乙1号');
const payees = fc.constantFrom('甲公司', '乙公司');
const amounts = fc.constantFrom('100', '200', '300');
const sources = fc.constantFrom<('SelfRaised' | 'CountyFiscal')[]>('SelfRaised', 'CountyFiscal');
const someLines = fc
  .array(
    fc.record({ date: days, documentNumber: documents, payee: payees, amountFen: amounts, source: sources }),
    { maxLength: 12 },
  )
  .map((all) => all.map((each, n) => line(n + 1, each)));
const someItems = fc
  .array(
    fc.record({
      date: days,
      documentNumber: documents,
      payees: fc.array(payees, { maxLength: 2 }),
      amountFen: amounts,
      source: sources,
    }),
    { maxLength: 12 },
  )
  .map((all) => all.map((each, n) => item(n, each)));
const shuffled = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length });

describe('any statement and any ledger', () => {
  it('every line and every item comes out once, and pairs have one amount', () => {
    fc.assert(
      fc.property(someLines, someItems, (lines, items) => {
        const { matches, statementOnly, ledgerOnly } = matchStatement(lines, items, 5);
        const rows = [...matches.map((match) => match.line), ...statementOnly].map(({ row }) => row);
        expect(rows.toSorted((a, b) => a - b)).toEqual(lines.map(({ row }) => row));
        const ids = [...matches.map((match) => match.item), ...ledgerOnly].map(({ eventId }) => eventId);
        expect(ids.toSorted()).toEqual(items.map(({ eventId }) => eventId).toSorted());
        for (const match of matches) expect(match.line.amountFen).toBe(match.item.amountFen);
      }),
    );
  });

  it('nothing is left over on both sides that agrees in document and amount', () => {
    fc.assert(
      fc.property(someLines, someItems, (lines, items) => {
        const { statementOnly, ledgerOnly } = matchStatement(lines, items, 5);
        const key = (of: { documentNumber?: string; amountFen: string }) =>
          `${of.documentNumber} ${of.amountFen}`;
        const left = new Set(ledgerOnly.map(key));
        expect(statementOnly.filter((each) => left.has(key(each)))).toEqual([]);
      }),
    );
  });

  it('the order of lines and items changes nothing', () => {
    const both = fc
      .tuple(someLines, someItems)
      .chain(([lines, items]) =>
        fc.tuple(fc.constant(lines), fc.constant(items), shuffled(lines), shuffled(items)),
      );
    fc.assert(
      fc.property(both, ([lines, items, otherLines, otherItems]) => {
        expect(matchStatement(otherLines, otherItems, 5)).toEqual(matchStatement(lines, items, 5));
      }),
    );
  });
});
