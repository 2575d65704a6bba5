import { Refusal } from '#libs/kernel/refusal.js';
import { readTable } from './read-table.js';
import { columnLetter } from './sheet.js';
import { workbookBytes } from './testing/workbook-bytes.js';

async function refusalOf(bytes: Uint8Array, fileName: string): Promise<string> {
  const error: unknown = await readTable(bytes, fileName).catch((thrown: unknown) => thrown);
  return error instanceof Refusal ? error.code : 'read';
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const compound = (text: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), utf16(text)]);
const texts = async (bytes: Uint8Array) =>
  [...(await readTable(bytes, 'a.csv'))[0]!.rows.values()].map((row) =>
    [...row.values()].map((cell) => cell.text),
  );

describe('readTable', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), 'a.xlsx', 'import.emptyFile'],
    ['a workbook without cells', workbookBytes({ sheets: [{ name: 'A' }] }), 'a.xlsx', 'import.emptyFile'],
    ['a text of blank lines', Buffer.from('\n\n , \n'), 'a.csv', 'import.emptyFile'],
    ['a text called .xlsx', Buffer.from('序号,项目名称'), 'a.xlsx', 'import.notWorkbook'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'a.csv', 'import.notWorkbook'],
    ['an encrypted workbook', compound('EncryptedPackage'), 'a.xlsx', 'import.encrypted'],
    ['an old workbook', compound('Workbook'), 'a.xls', 'import.oldWorkbook'],
    [
      'bytes of no encoding',
      Buffer.from([0xc0, 0xff, 0x41, 0x2c, 0xff, 0xff]),
      'a.csv',
      'import.wrongEncoding',
    ],
    ['an open quote', Buffer.from('a,b\n"c,d\ne,f'), 'a.csv', 'import.brokenCsv'],
    [
      'a quote open for megabytes',
      Buffer.from(`a,b\n"${'c,d\n'.repeat(2_000_000)}`),
      'a.csv',
      'import.brokenCsv',
    ],
    ['a file too large', Buffer.alloc(20 * 1024 * 1024 + 1, 0x41), 'a.csv', 'import.fileTooLarge'],
    ['200,000 lines', Buffer.from('1,2\n'.repeat(200_000)), 'a.csv', 'import.tooManyRows'],
    ['201 columns', Buffer.from('1,'.repeat(200) + '1'), 'a.csv', 'import.tooManyColumns'],
  ])('refuses %s', async (_, bytes, fileName, code) => {
    expect(await refusalOf(bytes, fileName)).toBe(code);
  });

  it('says in which row a quote stays open', async () => {
    const read = readTable(Buffer.from('a,b\nc,d\ne,f\n"g,h\ni,j'), 'a.csv');
    await expect(read).rejects.toMatchObject({ details: { row: 4 } });
  });

  it('says in which row of a long file text follows a closed quote', async () => {
    const long = `${'序号,项目名称\n'.repeat(19_000)}19001,${'长'.repeat(30_000)}\n`;
    const read = readTable(Buffer.from(`${long}19002,"示例"院\n`), 'a.csv');
    await expect(read).rejects.toMatchObject({ code: 'import.brokenCsv', details: { row: 19_002 } });
  });

  it('takes a quote inside a cell for text, as spreadsheets do', async () => {
    const text = '示例"阳光"颐养院,"示例""阳光""托育园"\n12" 管,1\n';
    expect(await texts(Buffer.from(text))).toEqual([
      ['示例"阳光"颐养院', '示例"阳光"托育园'],
      ['12" 管', '1'],
    ]);
  });

  it('reads a long file as it reads a short one, wherever its cells break', async () => {
    const rows = Array.from({ length: 15_000 }, (_, n) => [`${n}`, `第一行\n第${n}行`, `"${n}", 甲\r\n乙`]);
    const spelled = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
    expect(await texts(Buffer.from(spelled.join('\r\n')))).toEqual(rows);
  });

  it('reads UTF-8 with and without a mark, GB18030 and UTF-16', async () => {
    const expected = [
      ['养老', '1,750'],
      ['托育\n中心', '2'],
    ];
    const text = '养老,"1,750"\r\n"托育\n中心",2\r\n';
    const gb18030 = Buffer.from('d1f8c0cf2c22312c373530220d0a22cdd0d3fd0ad6d0d0c4222c320d0a', 'hex');
    expect(await texts(Buffer.from(text))).toEqual(expected);
    expect(await texts(Buffer.from(`\uFEFF${text}`))).toEqual(expected);
    expect(await texts(gb18030)).toEqual(expected);
    expect(await texts(utf16(`\uFEFF${text.replaceAll(',2', '\t2').replace('老,', '老\t')}`))).toEqual(
      expected,
    );
  });

  it('numbers rows as a spreadsheet does, blank lines included', async () => {
    const [sheet] = await readTable(Buffer.from('a\n\n"b\nc"\nd\n'), 'a.csv');
    expect([...sheet!.rows.keys()]).toEqual([1, 3, 4]);
  });
});

it('names columns by letter', () => {
  expect([1, 26, 27, 702, 703].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});
