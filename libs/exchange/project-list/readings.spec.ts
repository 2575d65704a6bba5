import fc from 'fast-check';
import { Refusal } from '#libs/kernel/refusal.js';
import { columnLetter } from '../table/sheet.js';
import type { ProjectList } from './interpret.js';
import { labelOf, MEANING_LABELS, meaningOfKey, keyOf } from './meanings.js';
import { placeReadings, type ColumnReading } from './readings.js';
import { FIRST, HEADER, interpret, SECOND, sheetOf, TITLE, type ListCell } from './testing/list-sheet.js';

const read = (
  rows: readonly (readonly ListCell[])[],
  columns: readonly ColumnReading[],
  merged: string[] = [],
): ProjectList => {
  const sheets = [sheetOf(rows, { merged })];
  return interpret(sheets, { readings: placeReadings(sheets, columns) })[0]!;
};
const contents = ({ rows, unit }: ProjectList) => [
  unit,
  rows.map(({ details, funding }) => [details, funding]),
];
const PLAIN = contents(read([TITLE, HEADER, FIRST, SECOND], []));

const refusalOf = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('not refused');
};

describe('what is said of columns', () => {
  it('reads a list whose headers nobody understands as it reads the published ones', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...HEADER.keys()], { minLength: HEADER.length }),
        fc.subarray([...HEADER.keys()]),
        (order, unclear) => {
          const header = HEADER.map((text, c) => (unclear.includes(c) ? `栏目${c}` : text));
          const rows = [header, FIRST, SECOND].map((row) => order.map((column) => row[column]!));
          const columns = unclear.map((c) => ({
            column: columnLetter(order.indexOf(c) + 1),
            meaning: HEADER[c]!,
          }));
          expect(contents(read([TITLE, ...rows], columns))).toEqual(PLAIN);
        },
      ),
    );
  });

  it('changes nothing where it says what the headers say', () => {
    const columns = HEADER.map((meaning, c) => ({ column: columnLetter(c + 1), meaning }));
    expect(contents(read([TITLE, HEADER, FIRST, SECOND], columns))).toEqual(PLAIN);
  });

  it('goes before the header: amounts under 总投资 can be another source', () => {
    const list = read(
      [TITLE, [...HEADER, '中央'], [...FIRST.with(7, '1000'), '750']],
      [{ column: 'J', meaning: 'CentralBudgetInvestment' }],
    );
    expect(list.errors).toEqual([]);
    expect(list.rows[0]!.funding).toEqual([
      { source: 'SelfRaised', amountFen: '1000000000' },
      { source: 'CentralBudgetInvestment', amountFen: '750000000' },
    ]);
    expect(list.columns.at(-1)).toEqual({
      column: 'J',
      header: '中央',
      samples: ['750'],
      meaning: 'CentralBudgetInvestment',
      byHand: true,
    });
  });

  it('leaves out a column, and a doubled one with it', () => {
    const rows = [TITLE, [...HEADER, '投资总额'], [...FIRST, '9']];
    expect(read(rows, []).errors.map(({ message }) => message)).toEqual([
      '表头中有两列都表示“总投资”：G列“总投资”与J列“投资总额”',
    ]);
    const list = read(rows, [{ column: 'j', meaning: 'ignored' }]);
    expect([list.errors, list.warnings]).toEqual([[], []]);
    expect(list.columns.at(-1)).toEqual({ column: 'J', header: '投资总额', samples: ['9'], byHand: true });
  });

  it('keeps the unit that the header names, and reads a column without a header', () => {
    const header = HEADER.with(6, '造价(元)').with(1, '');
    const list = read(
      [TITLE, header, FIRST],
      [
        { column: 'B', meaning: 'name' },
        { column: 'G', meaning: 'total' },
        { column: 'H', meaning: 'ignored' },
      ],
    );
    expect(list.errors.map(({ code }) => code)).toEqual([]);
    expect(list.rows[0]).toMatchObject({ name: '布拖敬老院', totalFen: 175_000n });
  });

  it('finds the header below a title that is merged over all columns', () => {
    const header = HEADER.map((_, c) => `栏目${c}`);
    const columns = HEADER.map((meaning, c) => ({ column: columnLetter(c + 1), meaning }));
    const list = read([TITLE, ['填报单位:甲', null, '日期'], header, FIRST, SECOND], columns, ['A1:I1']);
    expect(list).toMatchObject({ title: '测试清单', headerRow: 3 });
    expect(contents(list)).toEqual(PLAIN);
  });

  it('still misses what nobody named, and shows how each column was read', () => {
    const list = read([TITLE, HEADER, FIRST], [{ column: 'G', meaning: 'ignored' }]);
    expect(list.errors).toMatchObject([{ code: 'import.columnMissing', message: '表头缺少“总投资”列' }]);
    expect(list.columns.map(({ column, meaning }) => `${column} ${meaning ?? '—'}`)).toContain('G —');
  });
});

describe('a reading that cannot be', () => {
  const rows = [TITLE, HEADER, FIRST];
  it.each([
    [[{ column: 'Q', meaning: 'total' }], 'import.columnUnknown', '工作表“清单”没有Q列，最后一列是I列'],
    [
      [{ sheet: '乙', column: 'A', meaning: 'total' }],
      'import.columnUnknown',
      '没有工作表“乙”（可见的有“清单”）',
    ],
    [
      [{ column: 'G', meaning: '造价' }],
      'import.meaningUnknown',
      '工作表“清单”的G列不能读作“造价”，清单没有这种列',
    ],
    [
      [
        { column: 'G', meaning: 'total' },
        { column: 'g', meaning: 'ignored' },
      ],
      'import.columnSaidTwice',
      '工作表“清单”的G列指定了两次含义',
    ],
  ])('is refused: %j', (columns, code, message) => {
    expect(refusalOf(() => read(rows, columns))).toMatchObject({ code, message });
  });

  it('is refused where the sheet is not named and could be several, or holds no list', () => {
    const sheets = [sheetOf(rows, { name: '一' }), sheetOf([['说明', '甲', '乙', '丙']], { name: '说明' })];
    const place = (reading: ColumnReading) => placeReadings(sheets, [reading]);
    expect(refusalOf(() => place({ column: 'A', meaning: 'total' }))).toMatchObject({
      code: 'import.columnUnknown',
      message: '文件有2个工作表（“一”、“说明”），请写明A列在哪一个工作表',
    });
    const readings = place({ sheet: '说明', column: 'A', meaning: 'total' });
    expect(refusalOf(() => interpret(sheets, { readings }))).toMatchObject({
      code: 'import.columnUnknown',
      message: '工作表“说明”中没有找到清单的表头，指定的A列没有用处',
    });
  });
});

it('shows the columns of what may be a header where none was understood', () => {
  const header = HEADER.map((_, c) => `栏目${c}`);
  const refusal = refusalOf(() => read([TITLE, header, FIRST, SECOND], [{ column: 'B', meaning: 'name' }]));
  expect(refusal.code).toBe('import.headerMissing');
  const [list] = refusal.details['lists'] as { headerRow: number; columns: object[] }[];
  expect(list).toMatchObject({ sheet: '清单', headerRow: 2 });
  expect(list!.columns.slice(0, 2)).toEqual([
    { column: 'A', header: '栏目0', samples: ['1', '2'] },
    { column: 'B', header: '栏目1', samples: ['布拖敬老院', '宁南托育中心'], meaning: 'name', byHand: true },
  ]);
});

it('has one key and one Chinese name for each meaning', () => {
  const keys = Object.keys(MEANING_LABELS);
  expect(keys.map((key) => keyOf(meaningOfKey(key)!))).toEqual(keys);
  expect(new Set(Object.values(MEANING_LABELS)).size).toBe(keys.length);
  expect(labelOf({ field: 'source', source: 'WelfareLotteryFund', level: 'provincial' })).toBe(
    '省级福彩公益金',
  );
});
