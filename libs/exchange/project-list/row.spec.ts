import { FIRST, HEADER, interpretOne, SECOND, TITLE, type ListCell } from './testing/list-sheet.js';

const column = (name: string) => HEADER.indexOf(name);
const rowWith = (changes: Record<string, ListCell>) => {
  const row: ListCell[] = [...FIRST];
  for (const [name, cell] of Object.entries(changes)) row[column(name)] = cell;
  return interpretOne([TITLE, HEADER, row]).rows[0]!;
};
const found = (changes: Record<string, ListCell>) => {
  const { errors, warnings } = rowWith(changes);
  return [...errors, ...warnings].map((finding) => `${finding.code.slice(7)} ${finding.column ?? ''}`.trim());
};

describe('amounts', () => {
  it.each([
    ['1,750', 1_750_000_000n],
    ['1,750', 1_750_000_000n],
    ['1\u00A0750', 1_750_000_000n],
    ['0.000001', 1n],
    ['0', 0n],
  ])('%s is read exactly', (text, fen) => {
    expect(rowWith({ 总投资: text, 自筹资金: '—' }).totalFen).toBe(fen);
  });

  it('without a value are unknown, not zero', () => {
    for (const nothing of ['—', '', '无', '-', ' ']) {
      const row = rowWith({ 总投资: nothing, 自筹资金: nothing });
      expect(row.details).not.toHaveProperty('totalInvestmentFen');
      expect(row.funding).toEqual([]);
      expect(row.warnings).toMatchObject([{ code: 'import.totalUnknown', column: 'G' }]);
    }
  });

  it.each<[ListCell, string[]]>([
    ['-5', ['amountNegative G']],
    ['(5)', ['amountNegative G']],
    ['五百', ['amountUnreadable G']],
    ['300\n100', ['amountUnreadable G']],
    ['300 100', ['amountUnreadable G']],
    ['300万元 100万元', ['amountUnreadable G']],
    ['1.75E3', ['amountUnreadable G']],
    ['0.0000001', ['amountOutOfRange G']],
    ['9999999999999', ['amountOutOfRange G']],
    [{ text: '1750', kind: 'formula' }, ['formulaCell G']],
    [{ text: '#REF!', kind: 'error' }, ['errorCell G']],
    ['约1750', ['amountInexact G']],
    ['1750余', ['amountInexact G']],
    ['≥1750', ['amountInexact G']],
    ['1750万元以上', ['amountInexact G']],
    ['0.175亿元', ['unitDiffers G']],
    ['1750万元', []],
    ['1750万', []],
    ['1749', ['selfRaisedExceedsTotal H']],
    ['1950', ['unsourced H']],
  ])('%p', (cell, expected) => {
    expect(found({ 总投资: cell })).toEqual(expected);
  });

  it('say the difference that is not sourced', () => {
    expect(rowWith({ 总投资: '1950' }).warnings[0]!.message).toBe(
      '来源未列200万元（总投资19,500,000.00元 − 已列来源17,500,000.00元 = 2,000,000.00元）',
    );
  });

  it('merged over several rows belong to none of them', () => {
    const { rows } = interpretOne(
      [TITLE, HEADER, FIRST, [...SECOND.slice(0, 6), null, '1', '宁南县']],
      ['G3:G4'],
    );
    expect(rows.map(({ errors }) => errors.map(({ code }) => code))).toEqual([
      ['import.mergedAmount'],
      ['import.mergedAmount'],
    ]);
  });

  it('of every source are read by its name', () => {
    const header = [...HEADER, '中央预算内投资', '省级财政资金', '省级福彩公益金', '专项债券'];
    const { rows } = interpretOne([
      TITLE,
      header,
      [...FIRST.slice(0, 7), '1000', FIRST[8]!, '400', '300', '50', '0'],
    ]);
    expect(rows[0]!.funding).toEqual([
      { source: 'SelfRaised', amountFen: '1000000000' },
      { source: 'CentralBudgetInvestment', amountFen: '400000000' },
      { source: 'ProvincialFiscal', amountFen: '300000000' },
      { source: 'WelfareLotteryFund', level: 'provincial', amountFen: '50000000' },
    ]);
    expect(rows[0]!.warnings).toEqual([]);
  });
});

describe('other columns', () => {
  it.each<[Record<string, ListCell>, string[]]>([
    [{ 项目名称: '' }, ['nameMissing B']],
    [{ 项目名称: '长'.repeat(301) }, ['textTooLong B', 'nameMissing B']],
    [{ 项目类型: '养猪' }, ['categoryUnknown C']],
    [{ 项目类型: '养 老' }, []],
    [{ 投入使用时间: '明年' }, ['dateUnreadable D']],
    [{ 投入使用时间: '2023.13' }, ['dateUnreadable D']],
    [{ 投入使用时间: '1023' }, ['dateUnreadable D']],
    [{ 投入使用时间: '—' }, ['plannedUseUnknown D']],
    [{ 实施地点: '—' }, ['placeMissing E']],
    [{ 实施地点: '成都市' }, ['placeUnknown E']],
    [{ 实施地点: '会理县' }, ['regionRenamed E']],
    [{ 建设内容和规模: '—' }, ['capacityUnknown F']],
    [{ 建设内容和规模: '床位100—200张' }, ['range F']],
    [{ 建设内容和规模: '床位100张以上' }, ['countInexact F']],
    [{ 建设内容和规模: '床位10张,护理型床位20张' }, ['countExceeds F']],
    [{ 建设内容和规模: '床位10张、床位20张' }, ['countAmbiguous F', 'capacityUnknown F']],
    [{ 组织实施单位: '—' }, ['unitsUnknown I']],
  ])('%j', (changes, expected) => {
    expect(found(changes)).toEqual(expected);
  });

  it('keep the printed precision of dates', () => {
    const use = (text: string) => rowWith({ 投入使用时间: text }).details!.plannedUse;
    expect(['2023年', '2023年5月', '2023.5.7', '2023年底'].map(use)).toEqual([
      '2023',
      '2023-05',
      '2023-05-07',
      '2023',
    ]);
  });

  it('keep only the year of a number that may have lost the zero of October', () => {
    const use = (text: string, kind: 'number' | 'text') => {
      const { details, warnings } = rowWith({ 投入使用时间: { text, kind } });
      return [details!.plannedUse, ...warnings.map(({ code }) => code)];
    };
    expect(use('2023.1', 'number')).toEqual(['2023', 'import.dateUncertain']);
    expect(use('2023.1', 'text')).toEqual(['2023-01']);
    expect(use('2023.12', 'number')).toEqual(['2023-12']);
  });

  it('keep the year of half a year or a quarter, and the month by whose end a project is in use', () => {
    const use = (text: string) => {
      const { details, warnings } = rowWith({ 投入使用时间: { text, kind: 'text' } });
      return [details?.plannedUse, ...warnings.map(({ code }) => code)];
    };
    expect(use('2025年上半年')).toEqual(['2025', 'import.dateUncertain']);
    expect(use('2025年第四季度')).toEqual(['2025', 'import.dateUncertain']);
    expect(use('2025年底前')).toEqual(['2025']);
    expect(use('2025年12月底前')).toEqual(['2025-12']);
    // Before the year is not in it, and a month without a year is none.
    expect(use('2025年前')).toEqual([undefined]);
    expect(use('12月底前')).toEqual([undefined]);
  });

  it('read capacity, code and nature from columns of their own, before the description', () => {
    const header = [...HEADER, '床位数(张)', '护理型床位', '建筑面积(平方米)', '项目代码', '建设性质'];
    const more = ['120', '60—80', '1.2万', '2301-513429-89-01-544060', '新建'];
    const [row] = interpretOne([TITLE, header, [...FIRST, ...more]]).rows;
    expect(row).toMatchObject({
      code: '2301-513429-89-01-544060',
      details: {
        constructionNature: 'New',
        floorAreaM2: '12000',
        plannedCapacity: { beds: { low: 120, high: 120 }, nursingBeds: { low: 60, high: 80 } },
      },
    });
    expect(row!.warnings.map(({ code }) => code)).toEqual(['import.countDiffers', 'import.range']);
  });

  it('hold no more beds than are nursing beds where the number of all is open', () => {
    for (const scope of ['护理型床位80张、普通床位70张', '改造床位50张、建成床位150张,护理型床位30张']) {
      const row = rowWith({ 建设内容和规模: scope });
      expect(Object.keys(row.details!.plannedCapacity)).toEqual(['nursingBeds']);
      expect(row.warnings.map(({ code }) => code)).toContain('import.countAmbiguous');
    }
  });

  it('name every county that has a line of its own, and doubt a place that names not all', () => {
    expect(rowWith({ 实施地点: '盐源县\n喜德县' }).details!.regions).toEqual(['513423', '513432']);
    expect(found({ 实施地点: '盐源县等3县' })).toEqual(['placeUncertain E']);
    expect(found({ 实施地点: '盐源县、外地县' })).toEqual(['placeUncertain E']);
  });

  it('give a cell merged downwards to all its rows', () => {
    const second = [...SECOND];
    second[column('项目类型')] = '';
    const { rows } = interpretOne([TITLE, HEADER, FIRST, second], ['C3:C4']);
    expect(rows.map(({ details }) => details!.category)).toEqual(['ElderlyCare', 'ElderlyCare']);
  });

  it('flag a name or a number that occurs twice, and hold a row that repeats another in everything', () => {
    const { rows } = interpretOne([TITLE, HEADER, FIRST, FIRST]);
    expect(rows.map(({ details, errors, warnings }) => [!!details, errors, warnings].flat())).toMatchObject([
      [true, { code: 'import.repeatedName' }, { code: 'import.repeatedSequence' }],
      [
        false,
        { code: 'import.identicalRow' },
        { code: 'import.repeatedName' },
        { code: 'import.repeatedSequence' },
      ],
    ]);
  });
});

describe('rows that are no projects', () => {
  const total = (label: string, sum: ListCell, own: ListCell = '') => [label, '', '', '', '', '', sum, own];

  it('are checked as totals, with both figures where they differ', () => {
    const list = interpretOne([
      TITLE,
      HEADER,
      total('合 计', { text: '2050', kind: 'formula' }, '2000'),
      FIRST,
      SECOND,
    ]);
    expect(list.rows).toHaveLength(2);
    expect(list.printedTotals).toMatchObject([{ row: 3, total: { yuan: '20500000.00' } }]);
    expect(list.warnings).toMatchObject([
      {
        code: 'import.totalDiffers',
        column: 'H',
        message: '合计行“自筹资金”为2,000万元，各行之和为2,050万元，相差-50万元',
      },
    ]);
  });

  it('are checked as subtotals of the rows since the last one', () => {
    const rows = [FIRST, total('小计', '1750'), SECOND, total('小计', '300'), total('总计', '2050')];
    const list = interpretOne([TITLE, HEADER, ...rows]);
    expect(list.printedTotals).toHaveLength(3);
    expect(list.warnings).toEqual([]);
  });

  it('are totals under other names too, which are not added to the list that they add up', () => {
    const whole = ['', '全州合计:2个', '', '', '', '', '2050', '2050'];
    const rows = [FIRST, total('养老小计', '1750'), SECOND, total('托育合计', '300'), whole];
    const list = interpretOne([TITLE, HEADER, ...rows]);
    expect(list.rows).toHaveLength(2);
    expect(list.printedTotals.map(({ label }) => label)).toEqual(['养老小计', '托育合计', '全州合计:2个']);
    expect(list.warnings).toEqual([]);
  });

  it('are none of the projects whose names begin as notes and headings do', () => {
    const named = (name: string, category = '养老') => [
      name,
      category,
      '2025年',
      '布拖县',
      '100',
      '布拖县民政局',
    ];
    const list = interpretOne([
      TITLE,
      ['项目名称', '项目类型', '投入使用时间', '实施地点', '总投资', '组织实施单位'],
      ...[named('注溪敬老院'), named('联系村养老院'), named('三河敬老院', ''), named('说明书敬老院')],
      ['注:以上为计划数', '', '', '以文件为准'],
    ]);
    expect(list.rows.map(({ name, errors }) => [name, errors.length])).toEqual([
      ['注溪敬老院', 0],
      ['联系村养老院', 0],
      ['三河敬老院', 1],
      ['说明书敬老院', 0],
    ]);
  });

  it('leave a row that has only a number and a name to be held, since it is a project all the same', () => {
    const list = interpretOne([TITLE, HEADER, FIRST, ['2', '会理县太平敬老院'], ['3'], ['二', '托育']]);
    expect(list.rows.map(({ errors }) => errors.map(({ code }) => code))).toEqual([
      [],
      ['import.categoryUnknown', 'import.placeMissing'],
    ]);
    expect(list.warnings.map(({ code, row }) => [code, row])).toEqual([
      ['import.rowIgnored', 5],
      ['import.rowIgnored', 6],
    ]);
  });

  it('are told and left out where they are headings, notes or signatures', () => {
    const rows = [['一、养老项目'], FIRST, ['注:资料来源于各县'], ['填表人:', '', '', '联系电话:']];
    const list = interpretOne([TITLE, HEADER, ...rows], ['A3:I3']);
    expect(list.rows).toHaveLength(1);
    expect(list.warnings.map(({ code, row }) => [code, row])).toEqual([
      ['import.rowIgnored', 3],
      ['import.rowIgnored', 5],
      ['import.rowIgnored', 6],
    ]);
  });
});
