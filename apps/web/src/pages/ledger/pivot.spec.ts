import { headerRows } from './header.js';
import { layoutOf, type Ledger, type LedgerRow } from './layout.js';
import { addsUp, byDimension, byStage } from './pivot.js';
import { csvOf } from './csv.js';

const money = (fen: string): { fen: string; yuan: string } => ({ fen, yuan: '' });
const amounts = (allocated: string): LedgerRow['amounts'] =>
  Object.fromEntries(
    ['planned', 'applied', 'allocated', 'disbursed', 'received', 'paid', 'recovered']
      .concat([
        'carriedForward',
        'carriedIn',
        'reallocatedIn',
        'reallocatedOut',
        'returned',
        'completedInvestment',
      ])
      .map((key) => [key, money(key === 'allocated' ? allocated : '0')]),
  ) as LedgerRow['amounts'];
const figures = (allocated: string) => ({
  amounts: amounts(allocated),
  projects: 1,
  totalInvestment: null,
  unknownTotals: 0,
  unsourced: null,
  entryCount: 1,
});
const row = (category: string, year: number | null, allocated: string): LedgerRow => ({
  ...figures(allocated),
  category: { key: category, label: category },
  year,
});
const LEDGER: Ledger = {
  groupBy: ['category', 'year'],
  rows: [row('养老', 2024, '9007199254740993'), row('养老', null, '1'), row('托育', 2024, '5')],
  total: figures('9007199254740999'),
};

describe('the layout in the address', () => {
  it('is two rows at most, each once, and never the column', () => {
    expect(layoutOf({ rows: 'category,category,year,region', across: 'year', stage: 'x' })).toEqual({
      rows: ['category', 'year'],
      across: 'stage',
      stage: 'allocated',
    });
    expect(layoutOf({ rows: 'constructor', across: '', stage: 'paid' }).rows).toEqual(['category']);
  });
});

describe('a stage across the years', () => {
  const layout = layoutOf({ rows: 'category', across: 'year', stage: 'allocated' });
  const table = byDimension(LEDGER, layout);

  it('adds exactly, in rows, columns and all', () => {
    expect(table.columns.map(({ label }) => label)).toEqual(['2024', '未列年度', '合计']);
    expect(table.lines.map(({ label, cells }) => [label, cells.map(({ fen }) => fen)])).toEqual([
      ['养老', ['9007199254740993', '1', '9007199254740994']],
      ['托育', ['5', '0', '5']],
    ]);
    expect(table.total.cells.at(-1)!.fen).toBe(LEDGER.total.amounts.allocated.fen);
  });

  it('knows which lines are behind each figure', () => {
    expect(table.lines[0]!.filter).toEqual({ category: '养老' });
    expect(table.lines[0]!.cells[1]).toMatchObject({ stage: 'allocated', filter: { year: 'none' } });
  });

  it('is saved as it is seen', () => {
    const text = csvOf({ ...table, lines: [{ ...table.lines[1]!, label: '=A1' }] }, '类型', '台账', '元');
    expect(text.split('\r\n')[2]).toBe("'=A1,0.05,0.00,0.05");
  });
});

describe('stages beside each other, with subtotals', () => {
  const layout = layoutOf({ rows: 'category,year', across: 'stage', stage: '' });
  const group = (category: string, allocated: string): LedgerRow => ({
    ...figures(allocated),
    category: { key: category, label: category },
  });
  const groups: Ledger = {
    groupBy: ['category'],
    rows: [group('托育', '5'), group('养老', '9007199254740994')],
    total: LEDGER.total,
  };

  it('puts the parts under their group, in the order of the groups', () => {
    const { lines, columns } = byStage(LEDGER, groups, layout);
    expect(lines.map(({ label, isSubtotal }) => (isSubtotal ? `${label}:` : label))).toEqual([
      '托育:',
      '2024',
      '养老:',
      '2024',
      '未列年度',
    ]);
    expect(lines[1]!.filter).toEqual({ category: '托育', year: '2024' });
    const { upper, lower } = headerRows(columns);
    expect(upper.reduce((sum, { span }) => sum + span, 0)).toBe(columns.length);
    // Nothing was carried forward, moved or given back: five stages under one heading.
    expect(lower).toHaveLength(5);
    expect(columns.every(({ group }) => group === undefined || group === '资金流转')).toBe(true);
    expect(lines[0]!.cells).toHaveLength(columns.length);
  });

  it('notices when something was recorded between the two answers', () => {
    expect(addsUp(LEDGER, groups)).toBe(true);
    expect(addsUp(LEDGER, { ...groups, rows: [group('托育', '6'), groups.rows[1]!] })).toBe(false);
  });
});
