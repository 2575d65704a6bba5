import { grouped } from '#libs/kernel/grouped.js';
import { compare, exactText } from '#libs/kernel/rational.js';
import { divisionsIn, regionName, type RegionCode } from '#libs/kernel/regions.js';
import { sumOfShares } from '#libs/plans/domain/county-shares.js';
import type { PlanEventData } from '#libs/plans/domain/events.js';
import { isAdditive } from '#libs/plans/domain/indicators/lookup.js';
import { baseUnit, numberIn, printedText, type PrintedValue } from '#libs/plans/domain/values.js';
import { SHARES_BASES, VALUE_KINDS } from '#libs/plans/domain/vocabulary.js';
import type { PlanView } from '#libs/read-models/plans/queries.js';
import { SHARES_LOCATOR } from '../plan/plan-shares.js';
import { columnLetter } from '../table/sheet.js';
import type { ExportColumn, ExportSheet, ExportValue } from './sheet-model.js';

type Shares = PlanEventData<'CountySharesSet'>;
type Target = PlanEventData<'TargetSet'>;
export type BreakdownPlan = Pick<PlanView, 'title' | 'region' | 'period'>;

const SHEET = '分县分解';
const COUNTY: ExportColumn = { kind: 'text', width: 24 };
const SHARE: ExportColumn = { kind: 'word', width: 22 };

/**
 * Shares of counties as a table that an import reads again without finding anything new: counties × indicators. Shares
 * of one basis, those decided here where there are any. undefined: the plan has none.
 */
export function breakdownSheet(plan: BreakdownPlan, all: readonly Shares[]): ExportSheet | undefined {
  const basis = all.some((shares) => shares.basis === 'decided') ? 'decided' : 'printed';
  const shown = all.filter((shares) => shares.basis === basis);
  if (shown.length === 0) return undefined;
  const regions = [...new Set(shown.flatMap(({ shares }) => shares.map(({ region }) => region)))].sort();
  const left = all.length - shown.length;
  return {
    ...frame(plan, '分县分解表', basis, shown.map(printedHeader)),
    name: SHEET,
    rows: regions.map((region) => [
      regionName(region),
      ...shown.map(({ shares }) => shareCell(shares.find((each) => each.region === region)?.value)),
    ]),
    total: ['合计', ...shown.map(totalCell)],
    notes: left > 0 ? [`注：另有 ${left} 项${SHARES_BASES.printed}的分解不在此表。`] : [],
  };
}

/** The table to fill in: the divisions one level down × the counts that the plan has targets of. */
export function breakdownTemplate(plan: BreakdownPlan, targets: readonly Target[]): ExportSheet {
  const wanted = targets.filter(
    ({ region, indicator, unit, year, value }) =>
      region === plan.region.code &&
      year !== undefined &&
      isAdditive(indicator, unit) &&
      value.kind !== 'unknown',
  );
  const columns = [...grouped(wanted, headerOf)];
  return {
    ...frame(
      plan,
      '分县分解表（待填）',
      'decided',
      columns.map(([header]) => header),
    ),
    name: SHEET,
    rows: nextLevel(plan.region.code).map((region) => [regionName(region), ...columns.map(() => null)]),
    total: ['合计', ...columns.map((_, n) => ({ value: '0', formula: sumFormula(n) }))],
    notes: [
      ...columns.map(
        ([header, own]) =>
          `注：${header} 方案目标 ${[...new Set(own.map(({ value, unit }) => printedText(value, unit)))].join('、')}`,
      ),
      '注：空格为不分解，“—”为未知；分解数合计须与方案目标相符。填好后用 taizhang import-plan 或 POST /imports/plans 导入。',
    ],
  };
}

function frame(plan: BreakdownPlan, title: string, basis: Shares['basis'], headers: readonly string[]) {
  const { region, period } = plan;
  return {
    title: `${region.name}${title}`,
    scope: `${period.from}—${period.to}年`,
    unit: '元' as const,
    unitLine: '单位：见表头',
    about: [
      ['方案', plan.title],
      ['行政区划代码', region.code],
      ['时期', `${period.from}—${period.to}`],
      ['分解依据', SHARES_BASES[basis]],
    ] as const,
    columns: [COUNTY, ...headers.map(() => SHARE)],
    header: [['县（市、区）', ...headers].map((text) => ({ text }))],
  };
}

const headerOf = ({ indicator, year, unit }: Pick<Target, 'indicator' | 'year' | 'unit'>): string =>
  `${indicator}（${year}年${unit === '' ? '' : `，${unit}`}）`;

/** As the table that was imported printed it. */
const printedHeader = (shares: Shares): string =>
  shares.source.locator.startsWith(SHARES_LOCATOR)
    ? shares.source.locator.slice(SHARES_LOCATOR.length)
    : headerOf(shares);

function shareCell(value: PrintedValue | undefined): ExportValue {
  if (!value) return null;
  if (value.kind === 'exact') return { value: value.value };
  return value.kind === 'unknown' ? VALUE_KINDS.range : printedText(value, '');
}

/** What adds up is a formula; a printed total that is another number stands as it is printed. */
function totalCell(shares: Shares, n: number): ExportValue {
  const { indicator, unit, printedTotal, basis } = shares;
  const sum = isAdditive(indicator, unit) ? sumOfShares(shares) : undefined;
  const total = printedTotal && numberIn(printedTotal, unit);
  if (printedTotal && !(sum && total && compare(sum, total) === 0)) return shareCell(printedTotal);
  if (!sum || (basis === 'printed' && !printedTotal)) return null;
  const { times } = baseUnit(unit);
  return { value: exactText({ part: sum.part, of: sum.of * times }), formula: sumFormula(n) };
}

function sumFormula(n: number): string {
  const letter = columnLetter(n + 2);
  return `SUM(${letter}{first}:${letter}{last})`;
}

/** Prefectures of a province, counties of a prefecture. */
function nextLevel(region: RegionCode): RegionCode[] {
  const inside = divisionsIn(region)
    .map(([code]) => code)
    .filter((code) => code !== region);
  return region.endsWith('0000') ? inside.filter((code) => code.endsWith('00')) : inside;
}
