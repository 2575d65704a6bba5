import { Refusal } from '#libs/kernel/refusal.js';
import { TABLE_LIMITS } from './limits.js';
import { workbookBytes, worksheetXml } from './testing/workbook-bytes.js';
import { zipBytes } from './testing/zip-bytes.js';
import { readXlsx } from './xlsx.js';

const codeOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof Refusal ? error.code : error;
};

describe('readXlsx', () => {
  it('reads texts, numbers, formulas, errors, dates, units and merged ranges', async () => {
    const [sheet] = await readXlsx(
      workbookBytes({
        formats: ['yyyy"年"m"月"', '0.00"万元"', '0!.0,"万"'],
        sheets: [
          {
            name: '清单',
            merged: ['A1:C1'],
            rows: [
              ['标题'],
              ['甲 & 乙', 1234.56, { formula: 'SUM(B1:B1)', value: '3' }],
              [
                { error: '#REF!' },
                { number: '45000', style: 1 },
                { number: '12.5', style: 2 },
                { number: '5', style: 3 },
              ],
              [null, { formula: 'X1', value: '' }],
            ],
          },
        ],
      }),
    );
    expect(sheet!.merged).toEqual([{ top: 1, left: 1, bottom: 1, right: 3 }]);
    expect([...sheet!.rows.values()].flatMap((row) => [...row.values()])).toEqual([
      { row: 1, column: 1, kind: 'text', text: '标题' },
      { row: 2, column: 1, kind: 'text', text: '甲 & 乙' },
      { row: 2, column: 2, kind: 'number', text: '1234.56' },
      { row: 2, column: 3, kind: 'formula', text: '3' },
      { row: 3, column: 1, kind: 'error', text: '#REF!' },
      { row: 3, column: 2, kind: 'number', text: '2023-03' },
      { row: 3, column: 3, kind: 'number', text: '12.5万元' },
      { row: 3, column: 4, kind: 'number', text: '5', scaled: true },
      { row: 4, column: 2, kind: 'formula', text: '（公式无缓存值）' },
    ]);
  });

  it('joins the runs of a shared string and leaves its phonetic reading out', async () => {
    const strings = '<sst><si><r><t>养</t></r><r><t>老</t></r><rPh><t>よう</t></rPh></si></sst>';
    const bytes = workbookBytes({
      sheets: [
        { name: 'S', xml: '<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>' },
      ],
      parts: [{ name: 'xl/sharedStrings.xml', content: strings }],
    });
    const [sheet] = await readXlsx(bytes);
    expect(sheet!.rows.get(1)!.get(1)!.text).toBe('养老');
  });

  it('marks hidden sheets', async () => {
    const sheets = await readXlsx(workbookBytes({ sheets: [{ name: 'A' }, { name: 'B', hidden: true }] }));
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['A', false],
      ['B', true],
    ]);
  });

  it('refuses a part that inflates out of proportion, by what the directory declares', async () => {
    const bomb = { name: 'xl/media/image1.png', content: Buffer.alloc(64 * 1024 * 1024) };
    expect(await codeOf(readXlsx(workbookBytes({ sheets: [{ name: 'A' }], parts: [bomb] })))).toBe(
      'import.zipBomb',
    );
  });

  it('refuses a part that inflates to more than it declared', async () => {
    const xml = worksheetXml({ name: 'A', rows: [['x'.repeat(100_000)]] });
    const parts = [{ name: 'xl/worksheets/sheet1.xml', content: xml, declaredSize: 10 }];
    expect(await codeOf(readXlsx(workbookBytes({ sheets: [{ name: 'A' }], parts })))).toBe(
      'import.notWorkbook',
    );
  });

  it('refuses more bytes in all than it may inflate', async () => {
    const limits = { ...TABLE_LIMITS, inflatedBytes: 1_000 };
    const rows = Array.from({ length: 50 }, () => ['一'.repeat(20)]);
    expect(await codeOf(readXlsx(workbookBytes({ sheets: [{ name: 'A', rows }] }), limits))).toBe(
      'import.zipBomb',
    );
  });

  it('refuses too many entries', async () => {
    const parts = Array.from({ length: 2_001 }, (_, n) => ({ name: `x${n}`, content: '' }));
    expect(await codeOf(readXlsx(zipBytes(parts)))).toBe('import.zipBomb');
  });

  it('refuses 200,000 rows, and says so', async () => {
    const row = '<row><c><v>1</v></c></row>';
    const xml = `<worksheet><sheetData>${row.repeat(200_000)}</sheetData></worksheet>`;
    expect(await codeOf(readXlsx(workbookBytes({ sheets: [{ name: 'A', xml }] })))).toBe(
      'import.tooManyRows',
    );
  });

  it('does not count rows that are only formatted', async () => {
    const xml = `<worksheet><sheetData>${'<row><c s="1"/></row>'.repeat(60_000)}</sheetData></worksheet>`;
    const [sheet] = await readXlsx(workbookBytes({ sheets: [{ name: 'A', xml }] }));
    expect(sheet!.rows.size).toBe(0);
  });

  it('refuses a document type, entities, broken XML and encrypted entries', async () => {
    const withXml = (xml: string) => codeOf(readXlsx(workbookBytes({ sheets: [{ name: 'A', xml }] })));
    const laughs = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>';
    expect(await withXml(laughs)).toBe('import.notWorkbook');
    expect(await withXml('<worksheet>&nbsp;</worksheet>')).toBe('import.notWorkbook');
    expect(await withXml('<worksheet><sheetData>')).toBe('import.notWorkbook');
    const locked = zipBytes([{ name: '_rels/.rels', content: '', encrypted: true }]);
    expect(await codeOf(readXlsx(locked))).toBe('import.encrypted');
  });

  it('refuses a zip that is no workbook, and a workbook cut short', async () => {
    expect(await codeOf(readXlsx(zipBytes([{ name: 'readme.txt', content: 'hello' }])))).toBe(
      'import.notWorkbook',
    );
    const whole = workbookBytes({ sheets: [{ name: 'A', rows: [['x']] }] });
    expect(await codeOf(readXlsx(whole.subarray(0, whole.length - 30)))).toBe('import.notWorkbook');
  });

  const whole = workbookBytes({ sheets: [{ name: 'A', rows: [['x']] }] });
  it.each([
    ['cut short', whole.subarray(0, whole.length - 30), '压缩包不完整或已损坏'],
    [
      'with broken XML',
      workbookBytes({ sheets: [{ name: 'A', xml: '<worksheet>\n<sheetData>' }] }),
      'XML 部件第 2 行有错，或内容不完整',
    ],
    [
      'with a part of another size than it declares',
      workbookBytes({
        sheets: [{ name: 'A' }],
        parts: [{ name: 'xl/worksheets/sheet1.xml', content: worksheetXml({ name: 'A' }), declaredSize: 10 }],
      }),
      '部件 xl/worksheets/sheet1.xml 已损坏，或不是 UTF-8 文字',
    ],
  ])(
    'says in Chinese what is wrong with a workbook %s; the library’s words are a detail',
    async (_, bytes, why) => {
      await expect(readXlsx(bytes)).rejects.toMatchObject({
        message: `文件不是可读取的 .xlsx 工作簿或 .csv 文件（${why}）`,
        details: { why, cause: expect.stringMatching(/^[\p{ASCII}]+$/u) as string },
      });
    },
  );
});
