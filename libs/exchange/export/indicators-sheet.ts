import type {
  IndicatorAnswer,
  IndicatorPart,
  IndicatorReport,
  RegionIndicators,
} from '#libs/read-models/indicators/queries.js';
import type { AsOf } from '#libs/read-models/views.js';
import type { ExportColumn, ExportSheet, ExportValue } from './sheet-model.js';

const COLUMNS: readonly (ExportColumn & { header: string })[] = [
  { header: '序号', kind: 'word', width: 7 },
  { header: '指标', kind: 'text', width: 32 },
  { header: '单位', kind: 'word', width: 7 },
  { header: '数值', kind: 'word', width: 14 },
  { header: '分子', kind: 'text', width: 22 },
  { header: '分子数', kind: 'word', width: 16 },
  { header: '分子时点', kind: 'word', width: 12 },
  { header: '分母', kind: 'text', width: 20 },
  { header: '分母数', kind: 'word', width: 16 },
  { header: '分母时点', kind: 'word', width: 12 },
  { header: '系数', kind: 'word', width: 7 },
  { header: '口径', kind: 'text', width: 30 },
  { header: '来源', kind: 'text', width: 56 },
];
/** Letters of 分子数, 分母数 and 系数, which the formula of 数值 reads. */
const [NUMERATOR, DENOMINATOR, FACTOR] = ['F', 'I', 'K'];
/** Exact decimal text; a fraction that never ends is none. */
const DECIMAL = /^-?\d+(\.\d+)?$/u;

/** The indicators of a region at the end of a year: each value a formula of its two parts where both are known. */
export function indicatorsSheet(
  { region, year, items }: RegionIndicators,
  { definitionsDigest }: Pick<IndicatorReport, 'definitionsDigest'>,
  { asKnownAt, asEffectiveOn }: AsOf = {},
): ExportSheet {
  const scope = [
    `${year}年末`,
    ...(asEffectiveOn === undefined ? [] : [`截至 ${asEffectiveOn} 有效`]),
    ...(asKnownAt === undefined ? [] : [`截至 ${asKnownAt} 所记录`]),
  ];
  return {
    name: '指标表',
    title: `${region.name}${year}年指标表`,
    scope: scope.join('；'),
    unit: '元',
    unitLine: '单位：见各行',
    columns: COLUMNS,
    header: [COLUMNS.map(({ header }) => ({ text: header }))],
    rows: items.map((item, n) => rowOf(item, n + 1)),
    total: null,
    notes: [
      '注：数值 = 分子数 ÷ 分母数 × 系数，只在打印时四舍五入一次；“未知”不是零。',
      `注：指标定义的摘要（SHA-256）${definitionsDigest}`,
    ],
  };
}

function rowOf(item: IndicatorAnswer, number: number): ExportValue[] {
  const { indicator, numerator, denominator, value, why } = item;
  return [
    String(number),
    indicator.name,
    indicator.unit,
    valueCell(item),
    numerator.label,
    partCell(numerator),
    numerator.asOf,
    denominator?.label ?? null,
    denominator && partCell(denominator),
    denominator?.asOf ?? null,
    denominator ? { value: String(indicator.factor) } : null,
    indicator.scope,
    value ? sourcesOf(numerator, denominator) : why,
  ];
}

/** A number that the workbook computes itself; what is known within bounds, or not at all, is text. */
function valueCell({ indicator, numerator, denominator, value }: IndicatorAnswer): ExportValue {
  if (!value) return '未知';
  const exact = value.high === value.low && isNumber(numerator) && (!denominator || isNumber(denominator));
  if (!exact) return value.printed;
  const computed = denominator ? `${NUMERATOR}{row}/${DENOMINATOR}{row}*${FACTOR}{row}` : `${NUMERATOR}{row}`;
  return { value: value.printed, formula: `ROUND(${computed},${indicator.decimals})` };
}

const isNumber = ({ low, high }: IndicatorPart): boolean => low !== null && low === high && DECIMAL.test(low);

function partCell(part: IndicatorPart): ExportValue {
  const { low, high } = part;
  if (low === null) return '未知';
  if (isNumber(part)) return { value: low };
  return high === null ? `≥${low}` : low === high ? low : `${low}—${high}`;
}

function sourcesOf(numerator: IndicatorPart, denominator: IndicatorPart | null): string {
  return [numerator, ...(denominator ? [denominator] : [])].map(({ explanation }) => explanation).join('；');
}
