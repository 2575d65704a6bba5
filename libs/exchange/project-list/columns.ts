import { FUNDING_LEVELS, type FundingLevel, type FundingSource } from '#libs/projects/domain/vocabulary.js';
import { plainHeader, type HeaderColumn, type HeaderWords } from '../layout/header.js';
import { MEANING_LABELS, type ColumnMeaning, type TextColumn } from './meanings.js';

/** A column of the list that was understood. */
export type Column = HeaderColumn<ColumnMeaning>;

/** The names that other bureaus print, beside the published ones of `MEANING_LABELS`. */
const FIELDS: Record<Exclude<ColumnMeaning['field'], 'source'>, readonly string[]> = {
  sequence: ['编号', '项目序号'],
  name: ['名称', '工程名称', '建设项目名称', '工程项目名称'],
  category: ['类型', '项目类别', '类别', '服务类型'],
  plannedStart: ['开工时间', '拟开工时间', '开工年份'],
  plannedUse: [
    ...['计划投入使用时间', '投用时间', '建成投用时间', '建成时间', '投入使用年份', '投用年份'],
    ...['预计投入使用时间', '计划投用时间', '使用时间'],
  ],
  place: ['建设地点', '项目地点', '地点', '建设地址', '项目建设地点', '所在地'],
  scope: [
    ...['建设内容及规模', '建设内容与规模', '建设规模及内容', '建设规模和内容', '建设规模与内容'],
    ...['主要建设内容', '主要建设内容及规模', '主要建设内容和规模', '建设内容', '建设规模'],
  ],
  units: [
    ...['实施单位', '项目单位', '建设单位', '项目业主', '业主单位', '项目实施单位', '责任单位'],
    ...['项目法人', '项目建设单位'],
  ],
  code: ['项目编码', '投资项目代码', '项目统一代码'],
  nature: ['项目性质'],
  total: ['投资总额', '项目总投资', '计划总投资', '总投资额', '估算总投资', '投资规模', '投资总计'],
  beds: ['床位数', '养老床位', '养老床位数', '计划床位', '新增床位', '床位总数'],
  nursingBeds: ['护理型床位数', '护理床位', '护理床位数'],
  places: ['托位数', '计划托位', '新增托位', '托位总数'],
  inclusivePlaces: ['普惠托位数', '普惠性托位', '普惠性托位数'],
  floorArea: ['总建筑面积', '建设面积'],
  facilityCount: ['建设数量', '机构数量'],
};

const SOURCES: Record<FundingSource, readonly string[]> = {
  CentralBudgetInvestment: ['中央预算内投资', '中央预算内资金', '中央预算内'],
  SpecialTreasuryBond: ['超长期特别国债', '超长期特别国债资金', '特别国债'],
  CentralFiscalTransfer: [
    '中央财政补助',
    '中央财政',
    '中央财政资金',
    '中央补助',
    '中央财政补助资金',
    '中央资金',
  ],
  ProvincialFiscal: ['省级财政', '省级资金', '省级财政资金', '省级补助', '省财政', '省级财政补助', '省级'],
  PrefecturalFiscal: [
    '市(州)级财政',
    '市级财政',
    '州级财政',
    '市级资金',
    '州级资金',
    '市州财政',
    '市级',
    '州级',
  ],
  CountyFiscal: [
    '县级财政',
    '县级资金',
    '县(市)级财政',
    '县(市、区)级财政',
    '县财政',
    '县级配套',
    '区县财政',
    '县级',
  ],
  LocalGeneralBond: ['一般债券', '地方政府一般债券', '地方一般债券'],
  LocalSpecialBond: ['专项债券', '地方政府专项债券', '地方专项债券', '专项债'],
  WelfareLotteryFund: ['福彩公益金', '福利彩票公益金', '彩票公益金'],
  SelfRaised: ['自筹资金', '自筹', '单位自筹', '企业自筹', '自有资金', '项目单位自筹'],
  BankLoan: ['银行贷款', '贷款', '银行融资'],
  SocialCapital: ['社会资本', '社会投资', '社会资金'],
  Donation: ['社会捐赠', '捐赠', '捐赠资金'],
  Other: ['其他', '其他资金', '其他来源', '其它', '其它资金'],
};

export const REQUIRED_COLUMNS = ['name', 'category', 'plannedUse', 'place', 'total', 'units'] as const;

const MEANINGS = new Map<string, ColumnMeaning>();
for (const [field, names] of Object.entries(FIELDS)) {
  for (const name of [MEANING_LABELS[field]!, ...names]) {
    MEANINGS.set(plainHeader(name), { field: field as TextColumn });
  }
}
for (const [source, names] of Object.entries(SOURCES) as [FundingSource, readonly string[]][]) {
  for (const name of names) MEANINGS.set(plainHeader(name), { field: 'source', source });
}
for (const [level, label] of Object.entries(FUNDING_LEVELS) as [FundingLevel, string][]) {
  for (const name of SOURCES.WelfareLotteryFund) {
    MEANINGS.set(plainHeader(label + name), { field: 'source', source: 'WelfareLotteryFund', level });
  }
}

const STARTS = new Set([...MEANINGS.keys()].flatMap((name) => [...name].map((_, n) => name.slice(0, n + 1))));

/** Whether a row's texts are worth a closer look: at least two begin as headers do. Long lists are mostly not. */
export function mayBeHeader(texts: readonly string[]): boolean {
  let alike = 0;
  for (const text of texts) if (text.length < 30 && beginsAsHeader(text)) alike += 1;
  return alike >= 2;
}

/** Most cells are told by their first character; where it is a mark, `plainHeader` may take it away. */
function beginsAsHeader(text: string): boolean {
  return (STARTS.has(text[0] ?? '') || /^[()[【:*]/u.test(text)) && STARTS.has(plainHeader(text));
}

/** A row is a header when it names the project and at least three columns more. */
const FEWEST_COLUMNS = 4;

export const LIST_WORDS: HeaderWords<ColumnMeaning> = {
  meaningOf: (header) =>
    MEANINGS.get(plainHeader(header)) ??
    MEANINGS.get(plainHeader(header.replace(/^(?:其中|资金来源)[::]?/u, ''))),
  isHeader: (columns) => columns.length >= FEWEST_COLUMNS && columns.some(({ field }) => field === 'name'),
};
