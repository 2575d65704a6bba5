/**
 * What units report. A count is a whole number of its unit; `分` is money in fen. Scopes are figures of their own:
 * institution beds are not all beds. Keys that indicators know bear the indicators' name.
 */
export const FIGURES = {
  institutionBeds: { label: '养老机构床位', unit: '张' },
  communityBeds: { label: '社区养老床位', unit: '张' },
  homeBeds: { label: '家庭养老床位', unit: '张' },
  institutionNursingBeds: { label: '养老机构护理型床位', unit: '张' },
  places: { label: '托位', unit: '个' },
  inclusivePlaces: { label: '普惠托位', unit: '个' },
  elderlyCareFacilities: { label: '养老服务设施', unit: '个' },
  childcareFacilities: { label: '托育机构', unit: '个' },
  residents: { label: '常住人口', unit: '人' },
  residentAged60: { label: '60岁及以上常住人口', unit: '人' },
  residentAged65: { label: '65岁及以上常住人口', unit: '人' },
  residentAged0to3: { label: '3岁以下常住婴幼儿', unit: '人' },
  lotteryFund: { label: '福利彩票公益金总额', unit: '分' },
  lotteryForElderlyCare: { label: '福利彩票公益金用于养老服务金额', unit: '分' },
} as const satisfies Record<string, { label: string; unit: '张' | '个' | '人' | '分' }>;
export type FigureKey = keyof typeof FIGURES;

export const FIGURE_KEYS = Object.keys(FIGURES) as FigureKey[];

/** What of the second cannot be more than the first. */
export const PARTS_OF: readonly (readonly [whole: FigureKey, part: FigureKey])[] = [
  ['institutionBeds', 'institutionNursingBeds'],
  ['places', 'inclusivePlaces'],
  ['residents', 'residentAged60'],
  ['residentAged60', 'residentAged65'],
  ['lotteryFund', 'lotteryForElderlyCare'],
];
