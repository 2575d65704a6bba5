import type { QuantityId } from './quantities.js';

/** How an indicator is computed: numerator ÷ denominator × factor, exact, rounded half up once, when printed. */
export interface IndicatorDefinition {
  id: string;
  /** Raised with every change of meaning; a sealed evaluation names the versions it was computed with. */
  version: number;
  name: string;
  /** Other names under which plans print it. */
  aliases: readonly string[];
  numerator: QuantityId;
  /** Left out: the indicator is the numerator itself. */
  denominator?: QuantityId;
  factor: 1 | 100 | 1000;
  unit: string;
  /** 口径, in words. */
  scope: string;
  /** Places behind the point when it is printed. */
  decimals: number;
  /** Which way is better. */
  direction: 'up' | 'down';
}

const perThousand = { factor: 1000, decimals: 3, direction: 'up', version: 2 } as const;
const percent = { factor: 100, unit: '%', decimals: 2, direction: 'up', version: 1 } as const;
/** Since version 2 checked statistics are read before what plans print. */
const reportedPercent = { ...percent, version: 2 } as const;
const count = { factor: 1, decimals: 0, direction: 'up', version: 2 } as const;

/** The indicators that are computed. An indicator that only plans print has no definition and no computed value. */
export const INDICATOR_DEFINITIONS: readonly IndicatorDefinition[] = [
  {
    ...perThousand,
    id: 'placesPerThousand',
    name: '每千人口3岁以下婴幼儿托位数',
    aliases: [
      '千人口托位数',
      '每千人口托位数',
      '每千人口拥有3岁以下婴幼儿托位数',
      '每千人口拥有3岁以下婴幼儿托位',
    ],
    numerator: 'places',
    denominator: 'residents',
    unit: '个',
    scope: '全部托位 ÷ 常住人口',
  },
  {
    ...perThousand,
    id: 'bedsPerThousandAged60',
    name: '每千名老年人养老床位数',
    aliases: ['每千名老人养老床位数', '每千名老年人拥有养老床位数', '每千名老人拥有养老床位数'],
    numerator: 'beds',
    denominator: 'aged60',
    unit: '张',
    scope: '机构、社区、家庭床位 ÷ 60岁及以上人口',
  },
  {
    ...reportedPercent,
    id: 'nursingShare',
    name: '养老机构护理型床位占比',
    aliases: ['护理型床位占比', '养老机构护理型养老床位占比', '护理型床位数占养老机构床位总数比例'],
    numerator: 'institutionNursingBeds',
    denominator: 'institutionBeds',
    scope: '仅养老机构床位,不含社区和家庭床位',
  },
  {
    ...reportedPercent,
    id: 'inclusiveShare',
    name: '普惠托位占比',
    aliases: ['普惠型托位占比', '普惠性托位占比'],
    numerator: 'inclusivePlaces',
    denominator: 'places',
    scope: '普惠托位 ÷ 全部托位',
  },
  {
    ...reportedPercent,
    id: 'lotteryShare',
    name: '福利彩票公益金投入养老服务比例',
    aliases: ['各级福利彩票公益金投入养老服务的比例', '本级福彩公益金留成用于支持发展养老服务比例'],
    numerator: 'lotteryForElderlyCare',
    denominator: 'lotteryFund',
    scope: '分母按各方案自己的规定',
  },
  {
    ...count,
    id: 'places',
    name: '3岁以下婴幼儿托位数',
    aliases: ['托位数', '全市托位数'],
    numerator: 'places',
    unit: '个',
    scope: '全部托位',
  },
  {
    ...count,
    id: 'beds',
    name: '养老床位数',
    aliases: ['养老服务床位数'],
    numerator: 'beds',
    unit: '张',
    scope: '机构、社区、家庭床位',
  },
  {
    ...count,
    id: 'institutionBeds',
    name: '养老机构床位数',
    aliases: [],
    numerator: 'institutionBeds',
    unit: '张',
    scope: '仅养老机构床位',
  },
  {
    ...count,
    id: 'institutionNursingBeds',
    name: '护理型床位数',
    aliases: ['养老机构护理型床位数'],
    numerator: 'institutionNursingBeds',
    unit: '张',
    scope: '仅养老机构床位',
  },
  {
    ...reportedPercent,
    id: 'aged60Share',
    name: '60岁及以上人口占比',
    aliases: [],
    numerator: 'residentAged60',
    denominator: 'residents',
    scope: '常住人口',
  },
  {
    ...reportedPercent,
    id: 'aged65Share',
    name: '65岁及以上人口占比',
    aliases: [],
    numerator: 'residentAged65',
    denominator: 'residents',
    scope: '常住人口',
  },
  {
    ...percent,
    id: 'aged0to14Share',
    name: '0—14岁人口占比',
    aliases: [],
    numerator: 'residentAged0to14',
    denominator: 'residents',
    scope: '常住人口',
  },
  {
    ...percent,
    id: 'completedRate',
    name: '完成投资率(累计)',
    aliases: ['完成投资率'],
    numerator: 'completedInvestment',
    denominator: 'totalInvestment',
    scope: '累计完成投资 ÷ 总投资',
  },
  {
    ...percent,
    id: 'completedRateOfYear',
    name: '完成投资率(当年)',
    aliases: ['年度完成投资率'],
    numerator: 'completedInYear',
    denominator: 'plannedForYear',
    scope: '当年完成投资 ÷ 当年计划投资',
  },
  {
    ...percent,
    id: 'disbursementRate',
    name: '拨付率',
    aliases: [],
    numerator: 'disbursed',
    denominator: 'allocated',
    scope: '拨付 ÷ 下达',
  },
  {
    ...percent,
    id: 'arrivalRateOfAllocated',
    name: '到位率(按下达)',
    aliases: [],
    numerator: 'receivedFiscal',
    denominator: 'allocated',
    scope: '财政资金到位 ÷ 下达',
  },
  {
    ...percent,
    id: 'arrivalRateOfTotal',
    name: '到位率(按总投资)',
    aliases: [],
    numerator: 'received',
    denominator: 'totalInvestment',
    scope: '全部资金到位 ÷ 总投资',
  },
  {
    ...percent,
    id: 'paymentRateOfReceived',
    name: '支付率(按到位)',
    aliases: ['支付率'],
    numerator: 'paid',
    denominator: 'received',
    scope: '支付 ÷ 到位',
  },
  {
    ...percent,
    id: 'paymentRateOfAllocated',
    name: '支付率(按下达)',
    aliases: [],
    numerator: 'paid',
    denominator: 'allocated',
    scope: '支付 ÷ 下达',
  },
  {
    ...percent,
    id: 'startRate',
    name: '开工率',
    aliases: [],
    numerator: 'projectsStarted',
    denominator: 'projectsDueToStart',
    scope: '已开工 ÷ 计划开工时间已到的项目',
  },
  {
    ...percent,
    id: 'inUseRate',
    name: '投用率',
    aliases: [],
    numerator: 'projectsInUse',
    denominator: 'projectsDueInUse',
    scope: '已投用 ÷ 计划投入使用时间已到的项目',
  },
];
