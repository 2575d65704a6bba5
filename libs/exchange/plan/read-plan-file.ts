import type { PartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import type { PlanEventData } from '#libs/plans/domain/events.js';
import { Findings, type Finding } from '../layout/finding.js';
import { Grid } from '../layout/grid.js';
import { headerAt, type Header } from '../layout/header.js';
import type { Sheet } from '../table/sheet.js';
import { metaAbove, planOf, type PlanMeta } from './plan-meta.js';
import { figureCommand, PlanRow, tableCommands, taskCommand } from './plan-row.js';
import { readShares } from './plan-shares.js';
import { layoutOf, PLAN_WORDS, type PlanMeaning } from './plan-words.js';

/** A row of the file, or a column of a breakdown, with what it would record; none where it cannot be read. */
export interface PlanFileRow {
  sheet: string;
  row: number;
  name: string;
  commands: PlanCommand[];
  warnings: Finding[];
  errors: Finding[];
}

export interface PlanFile {
  planId: string;
  adopted: PlanEventData<'PlanAdopted'>;
  /** Of the plan as the file prints it. */
  effectiveDate: PartialDate | undefined;
  /** In the order of the file; breakdowns last, since they must add up to targets. */
  rows: PlanFileRow[];
}

/** Rows in which a header is looked for: what stands above it says which plan it is. */
const HEADER_WITHIN = 30;

/**
 * Understands the cells of a file as figures, tasks or county shares of one plan. Pure. What an earlier sheet says
 * above its header (plan, region, period) holds for the sheets behind it.
 *
 * @throws Refusal `import.headerMissing` | `import.planUnknown` | `import.noRows`
 */
export function readPlanFile(sheets: readonly Sheet[]): PlanFile {
  let meta: PlanMeta = {};
  const found: { grid: Grid; header: Header<PlanMeaning> }[] = [];
  for (const sheet of sheets.filter(({ hidden }) => !hidden)) {
    const grid = new Grid(sheet);
    const header = headerIn(grid);
    if (!header) continue;
    meta = { ...meta, ...metaAbove(grid, header.top) };
    found.push({ grid, header });
  }
  if (found.length === 0) {
    const expected = ['指标', '单位', '目标值'];
    throw new Refusal(
      'import.headerMissing',
      `没有找到指标、任务或分解表的表头，例如${expected.join('、')}`,
      {
        sheets: sheets.map(({ name }) => name),
        expected,
      },
    );
  }
  const { planId, adopted, effectiveDate, basis } = planOf(meta);
  const rows: PlanFileRow[] = [];
  const breakdowns: PlanFileRow[] = [];
  for (const { grid, header } of found) {
    const sheet = grid.sheet.name;
    if (layoutOf(header.columns) === 'shares') {
      for (const { command, findings, row, name } of readShares(grid, header, adopted, basis)) {
        const commands = findings.errors.length > 0 ? [] : [command];
        breakdowns.push({ sheet, row, name, commands, warnings: findings.warnings, errors: findings.errors });
      }
    } else rows.push(...readRows(grid, header, { planId, adopted }));
  }
  if (rows.length + breakdowns.length === 0) throw new Refusal('import.noRows', '表头下没有内容');
  return { planId, adopted, effectiveDate, rows: [...rows, ...breakdowns] };
}

function headerIn(grid: Grid): Header<PlanMeaning> | undefined {
  for (const row of grid.rowNumbers.slice(0, HEADER_WITHIN)) {
    const header = headerAt(grid, row, PLAN_WORDS);
    if (header) return header;
  }
  return undefined;
}

function readRows(
  grid: Grid,
  { bottom, columns }: Header<PlanMeaning>,
  plan: { planId: string; adopted: PlanEventData<'PlanAdopted'> },
): PlanFileRow[] {
  const layout = layoutOf(columns);
  return grid.rowNumbers
    .filter((row) => row > bottom)
    .map((row): PlanFileRow => {
      const findings = new Findings(grid.sheet.name, row);
      const reader = new PlanRow(grid, row, columns, plan, findings);
      const name = reader.text('task') || reader.text('printedName') || reader.text('indicator');
      const one = layout === 'tasks' ? taskCommand(reader, plan.planId) : figureCommand;
      const commands =
        layout === 'table' ? tableCommands(reader) : listOf(typeof one === 'function' ? one(reader) : one);
      const { warnings, errors } = findings;
      return {
        sheet: grid.sheet.name,
        row,
        name,
        commands: errors.length > 0 ? [] : commands,
        warnings,
        errors,
      };
    });
}

const listOf = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
