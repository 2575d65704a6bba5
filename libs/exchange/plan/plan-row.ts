import { parsePartialDate } from '#libs/kernel/partial-date.js';
import { exactText, fromDecimal, rational, times } from '#libs/kernel/rational.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { findRegion, regionName } from '#libs/kernel/regions.js';
import { squeeze } from '#libs/kernel/text.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import { taskIdFor, type PlanEventData, type Source } from '#libs/plans/domain/events.js';
import { indicatorName } from '#libs/plans/domain/indicators/lookup.js';
import { baseUnit, printedText } from '#libs/plans/domain/values.js';
import type { Population, TargetAttribute } from '#libs/plans/domain/vocabulary.js';
import { saysNothing } from '../layout/amounts.js';
import type { Findings } from '../layout/finding.js';
import type { Grid } from '../layout/grid.js';
import type { PlanColumn, PlanField } from './plan-words.js';
import { readPrintedValue, valueOfColumns } from './printed-value.js';

const LONGEST_TEXT = 300;

/** One row, with the plan it belongs to; every reading says what it cannot read. */
export class PlanRow {
  constructor(
    private readonly grid: Grid,
    readonly row: number,
    private readonly columns: readonly PlanColumn[],
    private readonly plan: { planId: string; adopted: PlanEventData<'PlanAdopted'> },
    readonly findings: Findings,
  ) {}

  text(field: PlanField): string {
    const column = this.column(field);
    const text = (column && this.grid.shown(this.row, column.index)?.text.trim()) ?? '';
    if (text.length > LONGEST_TEXT) {
      this.findings.reject('textTooLong', `“${column!.header}”超过${LONGEST_TEXT}字`, column!.index);
    }
    return saysNothing(text) ? '' : text;
  }

  column(field: PlanField): PlanColumn | undefined {
    return this.columns.find((column) => column.field === field);
  }

  /** Several units in one cell: 市民政局|市财政局, or with 、. */
  units(field: PlanField): string[] {
    const names = this.text(field)
      .split(/[|、;;,,\n]/u)
      .map((name) => name.trim());
    return names.filter((name) => name !== '');
  }

  source(): Source {
    const locator = this.text('locator') || `${this.grid.sheet.name}!第${this.row}行`;
    return { document: this.text('document') || this.plan.adopted.title, locator };
  }

  year(): number | undefined {
    const text = squeeze(this.text('year')).replace(/年$/u, '');
    if (text === '') return undefined;
    if (/^(19|20|21)\d\d$/u.test(text)) return Number(text);
    this.findings.reject('yearUnreadable', `年份“${text}”无法识别`, this.column('year')?.index);
    return undefined;
  }

  /** The plan's own division, one inside it, or the province that it is compared with. */
  region(): string {
    const { region, area } = this.plan.adopted;
    const name = this.text('region');
    if (name === '' || name === area?.name || name === region || name === regionName(region)) return region;
    const province = `${region.slice(0, 2)}0000`;
    const code = /^\d{6}$/u.test(name) ? name : undefined;
    const found = code ?? findRegion(name, region)?.code ?? findRegion(name, province)?.code;
    if (found !== undefined) return found;
    this.findings.reject('regionNotFound', `“${name}”不是方案地区内的行政区划`, this.column('region')?.index);
    return region;
  }

  figure(): Pick<
    PlanEventData<'BaselineRecorded'>,
    'region' | 'indicator' | 'printedName' | 'unit' | 'source' | 'note'
  > {
    const printedName = this.text('printedName') || this.text('indicator');
    if (printedName === '')
      this.findings.reject('nameMissing', '没有指标名称', this.column('indicator')?.index);
    const note = this.text('note');
    return {
      region: this.region(),
      indicator: indicatorName(this.text('indicator') || printedName),
      printedName: squeeze(printedName),
      unit: squeeze(this.text('unit')),
      source: this.source(),
      ...(note !== '' && { note }),
    };
  }

  /** Binding or anticipated; other words are told, not guessed at. */
  attribute(): { attribute?: TargetAttribute } {
    const text = squeeze(this.text('attribute'));
    if (text === '') return {};
    if (text.startsWith('约束')) return { attribute: 'Binding' };
    if (text.startsWith('预期')) return { attribute: 'Anticipated' };
    this.findings.warn(
      'attributeUnknown',
      `属性“${text}”不是约束性或预期性，未记录`,
      this.column('attribute')?.index,
    );
    return {};
  }
}

const KINDS: Readonly<Record<string, 'baseline' | 'target' | 'projection'>> = {
  baseline: 'baseline',
  基期: 'baseline',
  现状: 'baseline',
  target: 'target',
  目标: 'target',
  projection: 'projection',
  预测: 'projection',
  测算: 'projection',
};

/** A row that says one figure. */
export function figureCommand(row: PlanRow): PlanCommand | undefined {
  const kind = KINDS[squeeze(row.text('kind')).toLowerCase()];
  if (!kind) row.findings.reject('kindUnknown', '类别应为基期、目标或预测', row.column('kind')?.index);
  const value = valueOfColumns(row.text('operator'), row.text('low'), row.text('high'));
  if (!value) row.findings.reject('valueUnreadable', '数值或关系无法识别', row.column('low')?.index);
  const year = row.year();
  const figure = { ...row.figure(), ...(year !== undefined && { year }), ...(value && { value }) };
  return kind && value ? commandOf(row, kind, { ...figure, value }) : undefined;
}

/** A row of a published table: its target, and its baseline where the table has that column. */
export function tableCommands(row: PlanRow): PlanCommand[] {
  const read = (field: 'baselineValue' | 'targetValue', kind: 'baseline' | 'target'): PlanCommand[] => {
    const column = row.column(field);
    if (!column) return [];
    const printed = readPrintedValue(row.text(field));
    if (!printed) {
      row.findings.reject('valueUnreadable', `“${row.text(field)}”不是可识别的数值`, column.index);
      return [];
    }
    const figure = row.figure();
    const { value, mark } = printed;
    const unit = figure.unit === '' && mark !== undefined ? mark : figure.unit;
    return [
      commandOf(row, kind, {
        ...figure,
        unit,
        value,
        ...(column.year !== undefined && { year: column.year }),
      }),
    ];
  };
  return [...read('baselineValue', 'baseline'), ...read('targetValue', 'target')];
}

function commandOf(
  row: PlanRow,
  kind: 'baseline' | 'target' | 'projection',
  figure: PlanEventData<'BaselineRecorded'>,
): PlanCommand {
  if (kind === 'projection') return { type: 'RecordForecast', data: figure };
  if (kind === 'baseline') return populationIn(figure) ?? { type: 'RecordBaseline', data: figure };
  const leadUnits = row.units('leadUnits');
  const data = { ...figure, ...row.attribute(), ...(leadUnits.length > 0 && { leadUnits }) };
  return { type: 'SetTarget', data };
}

const PEOPLE: Readonly<Record<string, Population>> = {
  常住人口: 'resident',
  '60岁及以上老年人口': 'residentAged60',
  '60岁及以上人口': 'residentAged60',
  '65岁及以上老年人口': 'residentAged65',
  '65岁及以上人口': 'residentAged65',
  '0—14岁人口': 'residentAged0to14',
  户籍人口: 'registered',
  '60岁及以上户籍老年人口': 'registeredAged60',
  '3岁以下婴幼儿数': 'under3',
};

/** A count of people of a year is a denominator; one that is only bounded stays a figure. */
function populationIn({
  indicator,
  year,
  value,
  unit,
  ...figure
}: PlanEventData<'BaselineRecorded'>): PlanCommand | undefined {
  const population = PEOPLE[indicator];
  const counted = baseUnit(unit);
  if (!population || year === undefined || value.kind !== 'exact' || !['人', ''].includes(counted.unit))
    return undefined;
  const { region, printedName, source, note } = figure;
  const persons = exactText(times(fromDecimal(value.value), rational(counted.times, 1n)));
  const data = {
    region,
    population,
    printedName,
    year,
    persons,
    printedAs: printedText(value, unit),
    source,
    ...(note !== undefined && { note }),
  };
  return { type: 'RecordPopulation', data };
}

/** A row of a task breakdown. */
export function taskCommand(row: PlanRow, planId: string): PlanCommand | undefined {
  const title = row.text('task');
  if (title === '') {
    row.findings.reject('nameMissing', '没有任务名称', row.column('task')?.index);
    return undefined;
  }
  const source = row.source();
  const [wording, deliverable, note] = (['wording', 'deliverable', 'note'] as const).map((field) =>
    row.text(field),
  );
  const [deadline, indicator, year] = [deadlineOf(row), row.text('indicator'), row.year()];
  return {
    type: 'AssignTask',
    data: {
      taskId: taskIdFor(planId, title, source),
      title,
      leadUnits: row.units('leadUnits'),
      supportingUnits: row.units('supportingUnits'),
      ...(wording !== '' && { wording: wording! }),
      ...(deadline !== undefined && { deadline }),
      ...(deliverable !== '' && { deliverable: deliverable! }),
      ...(indicator !== '' && { indicator: indicatorName(indicator) }),
      ...(year !== undefined && { year }),
      source,
      ...(note !== '' && { note: note! }),
    },
  };
}

function deadlineOf(row: PlanRow): string | undefined {
  const text = row.text('deadline');
  if (text === '') return undefined;
  try {
    return parsePartialDate(text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    row.findings.reject('dateUnreadable', error.message, row.column('deadline')?.index);
    return undefined;
  }
}
