import fc from 'fast-check';
import {
  FIRST,
  HEADER,
  interpret,
  interpretOne,
  SECOND,
  sheetOf,
  TITLE,
  type ListCell,
} from './testing/list-sheet.js';

const amounts = (list: { rows: { totalFen?: bigint }[] }) => list.rows.map(({ totalFen }) => totalFen);
const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);
const WAN = 1_000_000n;
const expected = [1750n * WAN, 300n * WAN];

describe('where a list is found', () => {
  it('anywhere in the sheet, below whatever stands above it', () => {
    const rows = [
      ['附件1'],
      [],
      TITLE,
      ['填报单位:州发展改革委', null, '2023年12月15日'],
      [],
      HEADER,
      FIRST,
      SECOND,
    ];
    const shifted = rows.map((row) => [null, null, ...row]);
    const list = interpretOne(shifted);
    expect(list).toMatchObject({ title: '测试清单', unit: '万元', headerRow: 6 });
    expect(amounts(list)).toEqual(expected);
  });

  it('with headers split over lines, over rows and in groups', () => {
    const top = ['序号', '项目', '项目', '投入', '实施', '建设内容', '投资(万元)', null, '组织'];
    const bottom = [
      null,
      '名 称',
      '类\n型',
      '使用时间',
      '地点',
      '和规模',
      '总投资',
      '其中:自筹资金',
      '实施单位',
    ];
    const list = interpretOne([['测试清单'], top, bottom, FIRST, SECOND], ['A2:A3', 'G2:H2', 'A1:I1']);
    expect(list.errors).toEqual([]);
    expect(list.warnings).toEqual([]);
    expect(amounts(list)).toEqual(expected);
    expect(list.rows.map(({ details }) => details!.totalInvestmentFen)).toEqual(['1750000000', '300000000']);
  });

  it('with a header merged over two rows, units and column numbers below it', () => {
    const units = HEADER.map((header) => (/资/u.test(header) ? '(元)' : null));
    const numbers = HEADER.map((_, n) => String(n + 1));
    expect(amounts(interpretOne([['测试清单'], HEADER, units, FIRST]))).toEqual([175_000n]);
    expect(amounts(interpretOne([TITLE, HEADER, numbers, FIRST]))).toEqual([expected[0]]);
    const merged = HEADER.map((_, n) => `${'ABCDEFGHI'[n]}2:${'ABCDEFGHI'[n]}3`);
    expect(amounts(interpretOne([TITLE, HEADER, [], FIRST], merged))).toEqual([expected[0]]);
  });

  it('under the names that other bureaus print, with columns it does not know left out', () => {
    const other = [
      '编号',
      '建设项目名称',
      '类别',
      '建成时间',
      '建设地点',
      '主要建设内容',
      '总投资额(万元)',
      '自筹',
      '建设单位',
    ];
    const list = interpretOne([['甲'], [...other, '备注'], [...FIRST, '无']]);
    expect(amounts(list)).toEqual([expected[0]]);
    expect(list.warnings).toMatchObject([{ code: 'import.columnIgnored', column: 'J' }]);
  });

  it('in columns of any order, with amounts in any unit', () => {
    const numbers = { 元: ['17500000', '3000000'], 万元: ['1750', '300'], 亿元: ['0.175', '0.03'] };
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...HEADER.keys()], { minLength: HEADER.length }),
        fc.constantFrom('元' as const, '万元' as const, '亿元' as const),
        fc.constantFrom('title', 'header', 'cell'),
        (order, unit, where) => {
          const printed = [FIRST, SECOND].map((row, n) =>
            row.map((text, c) =>
              c === 6 || c === 7 ? numbers[unit][n]! + (where === 'cell' ? unit : '') : text,
            ),
          );
          const header = HEADER.map((text, c) =>
            (c === 6 || c === 7) && where === 'header' ? `${text}(${unit})` : text,
          );
          const title = where === 'title' ? `测试清单(单位:${unit})` : '测试清单';
          const mixed = [header, ...printed].map((row) => order.map((column) => row[column]!));
          const list = interpretOne([[title], ...mixed]);
          expect(list.rows.map(({ details, funding }) => [details, funding])).toEqual(
            interpretOne([TITLE, HEADER, FIRST, SECOND]).rows.map(({ details, funding }) => [
              details,
              funding,
            ]),
          );
        },
      ),
    );
  });
});

describe('several lists', () => {
  it('in one sheet are read one by one where each has a title', () => {
    const second = ['第二份清单(单位:元)'];
    const lists = interpret(sheetOf([TITLE, HEADER, FIRST, [], second, HEADER, SECOND]));
    expect(lists.map(({ title, unit, rows }) => [title, unit, rows.length])).toEqual([
      ['测试清单', '万元', 1],
      ['第二份清单', '元', 1],
    ]);
    expect(lists.map(amounts)).toEqual([[1750n * WAN], [30_000n]]);
  });

  it('are one list where the header is only printed again', () => {
    const list = interpretOne([TITLE, HEADER, FIRST, HEADER, SECOND]);
    expect(amounts(list)).toEqual(expected);
    expect(codes(list.warnings)).toEqual(['import.headerRepeated']);
  });

  it('are refused where a second header has other columns and no title', () => {
    const other = [...HEADER].reverse();
    const list = interpretOne([TITLE, HEADER, FIRST, other, [...SECOND].reverse()]);
    expect(list.errors).toMatchObject([{ code: 'import.secondHeader', sheet: '清单', row: 4 }]);
  });

  it('are read from every sheet that holds one, hidden sheets left out', () => {
    const sheets = [
      sheetOf([['说明'], ['填表说明']], { name: '说明' }),
      sheetOf([TITLE, HEADER, FIRST], { name: '一' }),
      sheetOf([TITLE, HEADER, SECOND], { name: '二', hidden: true }),
    ];
    expect(interpret(sheets).map(({ sheet }) => sheet)).toEqual(['一']);
  });
});

describe('lists that cannot be read', () => {
  it('name the missing columns', () => {
    const without = (row: readonly ListCell[]) => row.filter((_, column) => column !== 2 && column !== 8);
    const list = interpretOne([TITLE, without(HEADER), without(FIRST)]);
    expect(list.errors.map(({ message }) => message)).toEqual([
      '表头缺少“项目类型”列',
      '表头缺少“组织实施单位”列',
    ]);
    expect(list.errors[0]).toMatchObject({ code: 'import.columnMissing', sheet: '清单', row: 2 });
  });

  it('name a column that stands twice', () => {
    const list = interpretOne([TITLE, [...HEADER, '投资总额'], [...FIRST, '9']]);
    expect(list.errors).toMatchObject([{ code: 'import.columnDoubled', column: 'J' }]);
  });

  it('are told where there is no header, or nothing below it', () => {
    expect(() => interpret(sheetOf([['甲', '乙'], FIRST]))).toThrow(/没有找到项目清单的表头/u);
    expect(codes(interpretOne([TITLE, HEADER]).errors)).toEqual(['import.noRows']);
  });

  it('are too many for one file', () => {
    const sheets = Array.from({ length: 201 }, (_, n) => sheetOf([TITLE, HEADER, FIRST], { name: `${n}` }));
    expect(() => interpret(sheets)).toThrow(
      expect.objectContaining({ code: 'import.tooManyLists' }) as Error,
    );
  });
});

describe('a hostile file', () => {
  it('costs no more for thousands of total rows than for one each', () => {
    const total = ['合计', null, null, null, null, null, '1750', '1750'];
    const list = interpretOne([
      TITLE,
      HEADER,
      ...Array.from({ length: 10_000 }, (_, n) => (n % 2 ? total : FIRST)),
    ]);
    expect(list.printedTotals).toHaveLength(5_000);
    expect(list.printedTotals[4_999]).toMatchObject({ total: { yuan: '17500000.00' } });
  });
});
