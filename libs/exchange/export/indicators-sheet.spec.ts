import type {
  IndicatorAnswer,
  IndicatorPart,
  RegionIndicators,
} from '#libs/read-models/indicators/queries.js';
import { readTable } from '../table/read-table.js';
import { indicatorsSheet } from './indicators-sheet.js';
import { isPrintedNumber, type ExportSheet } from './sheet-model.js';
import { unzipped } from './testing/unzipped.js';
import { workbookBytes } from './workbook-bytes.js';

const part = (low: string | null, high: string | null = low): IndicatorPart => ({
  quantity: 'places',
  label: '托位',
  unit: '个',
  low,
  high,
  source: { key: 'baseline', label: '基期登记数' },
  asOf: '2023-12-31',
  explanation: '2022年末基期 12559个',
  evidence: [],
  notUsed: [],
  events: [],
  eventCount: 0,
  eventDigest: null,
});
const answer = (more: Partial<IndicatorAnswer>, decimals = 3, factor = 1000): IndicatorAnswer => ({
  indicator: {
    id: 'placesPerThousand',
    version: 2,
    name: '每千人口3岁以下婴幼儿托位数',
    unit: '个',
    factor,
    decimals,
    scope: '全部托位 ÷ 常住人口',
    direction: 'up',
  },
  formula: '托位 ÷ 常住人口 × 1000',
  numerator: part('12559'),
  denominator: part('4858400'),
  value: { low: '62795/24292', high: '62795/24292', printed: '2.585' },
  why: null,
  ...more,
});
const REPORT: RegionIndicators = {
  region: { code: '513400', name: '凉山彝族自治州' },
  year: 2023,
  items: [
    answer({}),
    answer({ denominator: null, value: { low: '12559', high: '12559', printed: '12559' } }, 0, 1),
    answer({ numerator: part('60', null), value: { low: '1/7', high: null, printed: '≥0.143' } }),
    answer({ numerator: part(null), value: null, why: '没有登记托位' }),
    answer(
      {
        numerator: part('1'),
        denominator: part('3'),
        value: { low: '100/3', high: '100/3', printed: '33.33' },
      },
      2,
      100,
    ),
  ],
};
const SHEET: ExportSheet = indicatorsSheet(
  REPORT,
  { definitionsDigest: 'ab' },
  { asEffectiveOn: '2023-12-31' },
);

it('computes each value from its parts by a formula that agrees with what is printed', () => {
  const cells = SHEET.rows.map((row) => row[3]!);
  expect(cells.filter(isPrintedNumber)).toHaveLength(3);
  for (const [n, cell] of cells.entries()) {
    if (!isPrintedNumber(cell)) continue;
    const number = (column: string) => {
      const value = SHEET.rows[n]![column.charCodeAt(0) - 65]!;
      return Number(isPrintedNumber(value) ? value.value : value);
    };
    const [, computed = '', decimals = ''] = /^ROUND\((.*),(\d)\)$/u.exec(cell.formula!)!;
    const [, a = '', b, c] = /^([A-Z])\{row\}(?:\/([A-Z])\{row\}\*([A-Z])\{row\})?$/u.exec(computed)!;
    const value = b === undefined ? number(a) : (number(a) / number(b)) * number(c!);
    expect(value.toFixed(Number(decimals))).toBe(cell.value);
  }
});

it('prints bounds and what is unknown as text, with the reason', () => {
  expect(SHEET.rows[2]!.slice(3, 6)).toEqual(['≥0.143', '托位', '≥60']);
  expect([SHEET.rows[3]![3], SHEET.rows[3]![12]]).toEqual(['未知', '没有登记托位']);
});

it('has title, unit line, what it covers, no total row, and is set up for print', async () => {
  const bytes = await workbookBytes(SHEET);
  const [sheet] = await readTable(bytes, 'a.xlsx');
  expect(sheet!.rows.get(1)!.get(1)!.text).toBe('凉山彝族自治州2023年指标表');
  expect([...sheet!.rows.get(2)!.values()].map(({ text }) => text)).toEqual([
    '2023年末；截至 2023-12-31 有效',
    '单位：见各行',
  ]);
  expect(sheet!.rows.get(4)!.get(4)).toMatchObject({ text: '2.585', kind: 'formula' });
  expect(sheet!.rows.get(9)!.get(1)!.text).toContain('只在打印时四舍五入一次');
  const xml = unzipped(bytes)['xl/worksheets/sheet1.xml']!;
  expect(xml).toContain('<f>ROUND(F4/I4*K4,3)</f><v>2.585</v>');
  expect(xml).toContain('orientation="landscape"');
});
