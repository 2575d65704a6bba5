import { Parameters, type Parameter } from './parameters.js';

const ALWAYS = '1949-10-01';
const DOMAIN = '本系统默认,待主管部门确认';

const parameter = (
  name: string,
  value: string | readonly string[],
  source: string = DOMAIN,
  from: string = ALWAYS,
): Parameter => ({ name, from, value, source });

const REPORTED = '媒体报道的补助标准;按项目类型的适用条件未见原文,待确认';

/** Thresholds as data: a new value is a new line with its first day, the old line stays for the days before. */
export const DEFAULT_RULE_SET = {
  id: 'default',
  version: 2,
  title: '默认规则集',
  parameters: [
    parameter('M1.warningPercent', '95'),
    parameter('M1.errorPercent', '100'),
    parameter('M1.reapprovalPercent', '110', '概算调增超过10%的,按规定重新报批'),
    parameter('M2.centralSources', [
      'CentralBudgetInvestment',
      'SpecialTreasuryBond',
      'CentralFiscalTransfer',
    ]),
    parameter('M3.warningMonths', '6'),
    parameter('M3.errorMonths', '24', '结转两年以上的资金作为存量资金收回'),
    parameter('M4.days', '90'),
    parameter('M6.points', '20'),
    parameter('M10.leastPercent', '50', '关于加快发展养老服务业的若干意见(国发〔2013〕35号);未与原文核对'),
    parameter(
      'M10.leastPercent',
      '55',
      '推进养老服务发展的意见(国办发〔2019〕5号);未与原文核对',
      '2022-01-01',
    ),
    parameter('M11.categories', ['ElderlyCare', 'MedicalElderlyCare']),
    parameter('M11.excludedWords', ['工资', '奖金', '接待', '出国', '公务用车', '罚款', '利息']),
    parameter('M11.purposes', ['ElderlyWelfare']),
    parameter('M12.perBedFen', '2000000', REPORTED),
    parameter('M12.perBedFen', '5000000', REPORTED, '2024-03-01'),
    parameter('M12.perPlaceFen', '1000000', REPORTED),
    parameter('M12.perPlaceFen', '2000000', REPORTED, '2024-03-01'),
    parameter('M13.months', '3', '基本建设财务规则(财政部令第81号)'),
    parameter('M14.days', '3'),
    parameter('M14.errorAfterDays', '30'),
    parameter('L1.errorAfterDays', '365'),
    parameter('L2.errorAfterDays', '365'),
    parameter('L3.days', '90'),
    parameter('L4.deadlineDay', '10'),
    parameter('L4.errorAfterMonths', '3'),
    parameter('L5.reports', '3'),
    parameter('C1.percent', '90'),
    parameter('C2.lowestShareOfMedian', '1/3'),
    parameter('C2.highestShareOfMedian', '3'),
    parameter('C2.leastProjects', '3'),
  ],
} as const satisfies { id: string; version: number; title: string; parameters: readonly Parameter[] };

export const DEFAULT_PARAMETERS = new Parameters(DEFAULT_RULE_SET.parameters);
