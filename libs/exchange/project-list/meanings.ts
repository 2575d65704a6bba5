import {
  FUNDING_LEVELS,
  FUNDING_SOURCES,
  type FundingLevel,
  type FundingSource,
} from '#libs/projects/domain/vocabulary.js';

/** What a column of a project list can say of a project, under the names that the published list prints. */
const FIELD_LABELS = {
  sequence: '序号',
  name: '项目名称',
  category: '项目类型',
  plannedStart: '计划开工时间',
  plannedUse: '投入使用时间',
  place: '实施地点',
  scope: '建设内容和规模',
  units: '组织实施单位',
  code: '项目代码',
  nature: '建设性质',
  total: '总投资',
  beds: '床位',
  nursingBeds: '护理型床位',
  places: '托位',
  inclusivePlaces: '普惠托位',
  floorArea: '建筑面积',
  facilityCount: '设施数量',
} as const;

export type CountColumn =
  'beds' | 'nursingBeds' | 'places' | 'inclusivePlaces' | 'floorArea' | 'facilityCount';
export type TextColumn = Exclude<keyof typeof FIELD_LABELS, CountColumn | 'total'>;

export type ColumnMeaning =
  | { readonly field: TextColumn | CountColumn | 'total' }
  | { readonly field: 'source'; readonly source: FundingSource; readonly level?: FundingLevel };

/** What stands for “this column is not read” where a meaning is asked for. */
export const IGNORED = 'ignored';

/** `total`, `SelfRaised`, `WelfareLotteryFund.provincial`: a meaning as requests and reports write it. */
export const keyOf = (meaning: ColumnMeaning): string =>
  meaning.field === 'source'
    ? [meaning.source, ...(meaning.level ? [meaning.level] : [])].join('.')
    : meaning.field;

const LOTTERY = Object.entries(FUNDING_LEVELS).map(([level, label]) => [
  `WelfareLotteryFund.${level}`,
  `${label}${FUNDING_SOURCES.WelfareLotteryFund}`,
]);

/** Chinese name of every meaning by its key: the fields of a project, then its sources of money. */
export const MEANING_LABELS: Readonly<Record<string, string>> = {
  ...FIELD_LABELS,
  ...FUNDING_SOURCES,
  ...(Object.fromEntries(LOTTERY) as Record<string, string>),
};

export const labelOf = (meaning: ColumnMeaning): string => MEANING_LABELS[keyOf(meaning)]!;

/** The meaning that a key of `MEANING_LABELS` names. */
export function meaningOfKey(key: string): ColumnMeaning | undefined {
  if (!Object.hasOwn(MEANING_LABELS, key)) return undefined;
  if (Object.hasOwn(FIELD_LABELS, key)) return { field: key as keyof typeof FIELD_LABELS };
  const [source, level] = key.split('.') as [FundingSource, FundingLevel?];
  return { field: 'source', source, ...(level && { level }) };
}
