import { readTable } from '../table/read-table.js';
import { columnLetter, type Sheet } from '../table/sheet.js';
import { csvBytes } from './csv-bytes.js';
import type { ExportSheet } from './sheet-model.js';
import { worksheetXml } from './worksheet-xml.js';
import { workbookBytes } from './workbook-bytes.js';
import { unzipped } from './testing/unzipped.js';

const SHEET: ExportSheet = {
  name: '台账',
  title: '示例州<投资>台账 & 附表',
  scope: '2025 预算年度',
  unit: '万元',
  columns: [
    { kind: 'text', width: 20 },
    { kind: 'count', width: 8 },
    { kind: 'amount', width: 12 },
    { kind: 'amount', width: 12 },
  ],
  header: [
    [
      { text: '项目', rows: 2 },
      { text: '项目数', rows: 2 },
      { text: '资金', columns: 2 },
    ],
    [{ text: '到位' }, { text: '支付' }],
  ],
  rows: [
    ['=HYPERLINK("x")', 2, 1_750_000_000n, 12_345_678n],
    ['-1+1', 1, 0n, null],
    ['两\n行', 1, -2_500_000n, 1n],
  ],
  total: ['合计', 3, 1_747_500_000n, 12_345_679n],
  notes: ['注：一个项目分列数行的，合计的项目数只计一次。'],
};

const read = async (bytes: Buffer, fileName: string): Promise<Sheet> =>
  (await readTable(bytes, fileName))[0]!;
const texts = (sheet: Sheet): string[][] =>
  [...sheet.rows.values()].map((row) => [...row.values()].map(({ text }) => text));

describe('a workbook', () => {
  let bytes: Buffer;
  beforeAll(async () => {
    bytes = await workbookBytes(SHEET);
  });

  it('reads back cell by cell: title, unit, header, amounts exact, totals', async () => {
    expect(texts(await read(bytes, 'a.xlsx'))).toEqual([
      ['示例州<投资>台账 & 附表'],
      ['2025 预算年度', '单位：万元'],
      ['项目', '项目数', '资金'],
      ['到位', '支付'],
      ['=HYPERLINK("x")', '2', '1750', '12.345678'],
      ['-1+1', '1', '0'],
      ['两\n行', '1', '-2.5', '0.000001'],
      ['合计', '3', '1747.5', '12.345679'],
      ['注：一个项目分列数行的，合计的项目数只计一次。'],
    ]);
  });

  it('merges title, unit line, split headers and notes', async () => {
    const ranges = (await read(bytes, 'a.xlsx')).merged.map(
      ({ top, left, bottom, right }) => `${columnLetter(left)}${top}:${columnLetter(right)}${bottom}`,
    );
    expect(ranges).toEqual(['A1:D1', 'A2:B2', 'C2:D2', 'A3:A4', 'B3:B4', 'C3:D3', 'A9:D9']);
  });

  it('adds up by formulas whose cached values are the sums of the cells, and only where there is a sum', async () => {
    const sheet = await read(bytes, 'a.xlsx');
    const xml = unzipped(bytes)['xl/worksheets/sheet1.xml']!;
    const formulas = [...xml.matchAll(/<c r="([A-Z]+)8"[^>]*><f>([^<]+)<\/f><v>([^<]+)<\/v>/gu)];
    expect(formulas.map(([, column, formula]) => `${column} ${formula}`)).toEqual([
      'C SUM(C5:C7)',
      'D SUM(D5:D7)',
    ]);
    for (const [, column, , cached] of formulas) {
      const index = column!.charCodeAt(0) - 64;
      const millionths = (text: string) => BigInt(Math.round(Number(text) * 1_000_000));
      const cells = [5, 6, 7].map((row) => millionths(sheet.rows.get(row)!.get(index)?.text ?? '0'));
      expect(millionths(cached!)).toBe(cells.reduce((sum, cell) => sum + cell));
      expect(sheet.rows.get(8)!.get(index)).toMatchObject({ kind: 'formula' });
    }
    // 2 + 1 + 1 is 4: the 3 projects are no sum of the rows.
    expect(sheet.rows.get(8)!.get(2)).toMatchObject({ text: '3', kind: 'number' });
  });

  it('keeps text text, whatever it starts with', async () => {
    const sheet = await read(bytes, 'a.xlsx');
    expect(sheet.rows.get(5)!.get(1)).toMatchObject({ kind: 'text', text: '=HYPERLINK("x")' });
    const parts = unzipped(bytes);
    const style = Number(/<c r="A5" s="(\d+)" t="inlineStr">/u.exec(parts['xl/worksheets/sheet1.xml']!)?.[1]);
    const looks = [...parts['xl/styles.xml']!.matchAll(/<xf [^>]*>/gu)].slice(1);
    expect(looks[style]![0]).toContain('quotePrefix="1"');
  });

  it('shows every amount of a column with the decimals that the most exact one needs', () => {
    const parts = unzipped(bytes);
    const looks = [...parts['xl/styles.xml']!.matchAll(/<xf numFmtId="(\d+)"/gu)].slice(1);
    const formatOf = (cell: string) => {
      const style = Number(
        new RegExp(`<c r="${cell}" s="(\\d+)"`, 'u').exec(parts['xl/worksheets/sheet1.xml']!)![1],
      );
      const code = new RegExp(`numFmtId="${looks[style]![1]}" formatCode="([^"]+)"`, 'u');
      return code.exec(parts['xl/styles.xml']!)![1];
    };
    expect([formatOf('C5'), formatOf('C8'), formatOf('D5'), formatOf('B5')]).toEqual([
      '#,##0.0',
      '#,##0.0',
      '#,##0.000000',
      '#,##0',
    ]);
  });

  it('is set up for print: landscape, one page wide, its header frozen and repeated', async () => {
    const parts = unzipped(bytes);
    const xml = parts['xl/worksheets/sheet1.xml']!;
    expect(xml).toContain(
      '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    );
    expect(xml).toContain('<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>');
    expect(parts['xl/workbook.xml']).toContain('_xlnm.Print_Titles" localSheetId="0">\'台账\'!$3:$4<');
    const many = {
      ...SHEET,
      columns: Array(11).fill(SHEET.columns[0]),
      header: [Array(11).fill({ text: 'x' })],
    };
    const wide = await workbookBytes({ ...many, rows: [], total: Array<null>(11).fill(null) });
    expect(unzipped(wide)['xl/worksheets/sheet1.xml']).toContain('paperSize="8"');
  });

  it('is the same bytes for the same sheet', async () => {
    expect((await workbookBytes(SHEET)).equals(bytes)).toBe(true);
  });

  it('can be left after each row, so that others have their turn', () => {
    const rows = Array.from({ length: 1_000 }, () => SHEET.rows[0]!);
    expect([...worksheetXml({ ...SHEET, rows })].length).toBeGreaterThanOrEqual(1_000);
  });

  it('drops what XML cannot hold and refuses a header with holes', async () => {
    const odd = await workbookBytes({ ...SHEET, title: '甲\u0001乙\uD800' });
    expect(unzipped(odd)['xl/worksheets/sheet1.xml']).toContain('>甲乙<');
    const holes = workbookBytes({ ...SHEET, header: [[{ text: '只有一列' }]] });
    await expect(holes).rejects.toThrow(/does not cover/u);
  });
});

/** Rows of which each takes as long as hundreds do. */
const SLOW: ExportSheet = {
  ...SHEET,
  rows: SHEET.rows.map((row) => [
    {
      get value() {
        for (const end = performance.now() + 25; performance.now() < end;);
        return '甲';
      },
    },
    ...row.slice(1),
  ]),
};

it.each([
  ['.xlsx', workbookBytes],
  ['.csv', csvBytes],
])('a long %s leaves others their turns between its rows', async (_, write) => {
  let turns = 0;
  const others = setInterval(() => (turns += 1), 1);
  const bytes = await write(SLOW);
  clearInterval(others);
  expect(bytes.length).toBeGreaterThan(0);
  expect(turns).toBeGreaterThan(1);
});

describe('delimited text', () => {
  it('holds the same cells, its text armed against being run and read back as it was', async () => {
    const bytes = await csvBytes(SHEET);
    expect(bytes.toString()).toContain(`"'=HYPERLINK(""x"")",2,1750,12.345678\r\n'-1+1,1,0,\r\n`);
    expect(bytes.toString()).toContain(',-2.5,0.000001');
    expect(texts(await read(bytes, 'a.csv'))).toEqual([
      ['示例州<投资>台账 & 附表'],
      ['2025 预算年度 单位：万元'],
      ['项目', '项目数', '到位', '支付'],
      ['=HYPERLINK("x")', '2', '1750', '12.345678'],
      ['-1+1', '1', '0'],
      ['两\n行', '1', '-2.5', '0.000001'],
      ['合计', '3', '1747.5', '12.345679'],
      ['注：一个项目分列数行的，合计的项目数只计一次。'],
    ]);
  });
});
