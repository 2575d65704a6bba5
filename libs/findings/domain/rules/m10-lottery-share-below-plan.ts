import { printYuan } from '#libs/kernel/money.js';
import { percentText, rational, type Rational } from '#libs/kernel/rational.js';
import { exactly, judge, neededNumerator } from '#libs/plans/domain/indicators/compute.js';
import { printedText, type PrintedValue } from '#libs/plans/domain/values.js';
import { FIGURES } from '#libs/statistics/domain/figures.js';
import { LOTTERY_FIGURES, type LotteryYear } from '../lottery.js';
import { failsBy, notApplicable, type FindingItem, type Outcome, type Severity } from '../outcome.js';
import type { Parameters } from '../parameters.js';
import type { RuleHead } from '../rule.js';

/** A rule on the welfare-lottery fund of a region in a year. */
export interface LotteryRule extends RuleHead {
  subject: 'region';
  evaluate(lottery: LotteryYear, parameters: Parameters): Outcome;
}

/** What the share is held against: the plan's own words, or the parameter where no plan says anything. */
interface Threshold {
  value: PrintedValue;
  unit: string;
  said: string;
  severity: Severity;
  events: readonly string[];
}

export const m10: LotteryRule = {
  id: 'M10',
  version: 1,
  category: 'money',
  subject: 'region',
  severity: 'error',
  title: '福彩公益金用于养老服务的比例低于规定',
  basis: '当地整体解决方案的目标；未提出的，按推进养老服务发展的意见（国办发〔2019〕5号）',
  parameters: ['M10.leastPercent'],
  evaluate(lottery, parameters) {
    const { year, figures } = lottery;
    const unchecked = LOTTERY_FIGURES.filter((key) => figures[key] === undefined);
    if (unchecked.length > 0) return notApplicable(`尚无已审核的${labels(unchecked)}`);
    const unknown = LOTTERY_FIGURES.filter((key) => figures[key]!.fen === null);
    if (unknown.length > 0) return notApplicable(`上报单位没有掌握${labels(unknown)}`);
    const [fund, spent] = [figures.lotteryFund!.fen!, figures.lotteryForElderlyCare!.fen!];
    if (fund === 0n) return notApplicable(`${year}年没有福利彩票公益金`);
    const share = rational(spent * 100n, fund);
    return failsBy(
      thresholdsOf(lottery, parameters)
        .filter(({ value, unit }) => judge(exactly(share), value, unit, 'up').verdict === 'missed')
        .map((threshold) => below(lottery, fund, spent, threshold)),
    );
  },
};

const labels = (keys: readonly (typeof LOTTERY_FIGURES)[number][]): string =>
  keys.map((key) => FIGURES[key].label).join('、');

function thresholdsOf({ year, targets }: LotteryYear, parameters: Parameters): Threshold[] {
  if (targets.length === 0) {
    const value = parameters.text('M10.leastPercent', `${year}-12-31`);
    const least = { value: { kind: 'atLeast' as const, value }, unit: '%' };
    return [{ ...least, said: '规定的', severity: 'error', events: [] }];
  }
  return targets.map(({ id, data: { value, unit, attribute, source } }) => ({
    value,
    unit,
    said: `《${source.document}》（${source.locator}）提出的`,
    severity: attribute === 'Anticipated' ? 'warning' : 'error',
    events: [id],
  }));
}

function below({ year, figures }: LotteryYear, fund: bigint, spent: bigint, asked: Threshold): FindingItem {
  const { value, unit, said, severity, events } = asked;
  const whole: Rational = rational(fund, 1n);
  const short = (neededNumerator(value, unit, whole, 100) ?? spent) - spent;
  const percent = percentText(spent, fund);
  return {
    steps: [{ severity, from: `${year}-12-31` }],
    figures: {
      lotteryFundFen: fund.toString(),
      lotteryForElderlyCareFen: spent.toString(),
      percent,
      least: printedText(value, unit),
      shortFen: short.toString(),
    },
    events: [...new Set([...LOTTERY_FIGURES.flatMap((key) => figures[key]!.events), ...events])],
    sentence:
      `${year}年福彩公益金用于养老服务 ${printYuan(spent)} 元 ÷ 总额 ${printYuan(fund)} 元 = ${percent}%，` +
      `低于${said} ${printedText(value, unit)}，少 ${printYuan(short)} 元`,
  };
}
