import { Type } from 'typebox';
import { Finding } from './imports.js';
import {
  Id,
  Labelled,
  nullable,
  NullableWhole,
  object,
  pageOf,
  PartialDateShape,
  PositionShape,
  RegionSetShape,
  Whole,
  Word,
} from './shapes.js';

const MaybeWord = nullable(Word);
export const Region = object({ code: Word, name: Word });
const Source = { document: Word, locator: Word };

export const PlanShape = object({
  id: Word,
  title: Word,
  region: Region,
  area: MaybeWord,
  period: object({ from: Whole, to: Whole }),
  documentNumber: MaybeWord,
  authority: MaybeWord,
  effectiveDate: PartialDateShape,
  note: MaybeWord,
  baselines: Whole,
  populations: Whole,
  forecasts: Whole,
  targets: Whole,
  tasks: Whole,
  breakdowns: Whole,
});
export const PlanPage = pageOf(PlanShape);

const Outcome = ['recorded', 'revised', 'unchanged', 'held'];
export const PlanImportReportShape = object({
  planId: Word,
  title: Word,
  fileName: Word,
  fileDigest: Type.String({ description: '文件的 SHA-256' }),
  effectiveDate: PartialDateShape,
  dryRun: Type.Boolean(),
  rows: Type.Array(
    object({
      sheet: Word,
      row: Whole,
      name: Word,
      outcome: Type.Enum(Outcome),
      warnings: Type.Array(Finding),
      errors: Type.Array(Finding),
    }),
  ),
  outcomes: object({ recorded: Whole, revised: Whole, unchanged: Whole, held: Whole }),
  events: Whole,
  position: nullable(PositionShape),
});

export const PlanDetailShape = object({
  plan: PlanShape,
  figures: Type.Array(
    object({
      eventId: Id,
      kind: Labelled,
      indicator: Word,
      printedName: Word,
      region: Region,
      year: NullableWhole,
      printed: Type.String({ description: '文件所印的写法，如 485.84万人' }),
      ...Source,
      note: MaybeWord,
    }),
  ),
});

export const value = {
  low: Type.String({ description: '精确值：小数或最简分数' }),
  high: Type.Union([Word, Type.Null()], { description: 'null：至少为 low' }),
  printed: Type.String({ description: '四舍五入后的写法；只在打印时舍入一次' }),
};
/** A figure in a plan; where `planId` is null, in the annual report of a unit. */
const Evidence = { eventId: Id, planId: MaybeWord, ...Source, printed: Word };
const Part = object({
  quantity: Word,
  label: Word,
  unit: Word,
  low: MaybeWord,
  high: MaybeWord,
  source: Labelled,
  asOf: MaybeWord,
  explanation: Word,
  evidence: Type.Array(object(Evidence)),
  notUsed: Type.Array(object({ ...Evidence, why: Word })),
  events: Type.Array(Id),
  eventCount: Whole,
  eventDigest: MaybeWord,
});

const Contradiction = object({
  rule: Type.Enum(['T1', 'T2', 'T3', 'T4']),
  severity: Type.Enum(['note', 'warning', 'error']),
  indicator: Word,
  year: NullableWhole,
  sides: Type.Array(object({ eventId: Id, printed: Word, ...Source })),
  figures: Type.Record(Word, Word, { description: '相矛盾的数字，按名称' }),
  sentence: Word,
});

export const PlanTargetsShape = object({
  plan: PlanShape,
  targets: Type.Array(
    object({
      eventId: Id,
      indicator: Word,
      printedName: Word,
      region: Region,
      year: NullableWhole,
      printed: Word,
      attribute: nullable(Labelled),
      leadUnits: Type.Array(Word),
      ...Source,
      note: MaybeWord,
      computed: nullable(object({ ...value, year: Whole })),
      why: MaybeWord,
      verdict: Labelled,
      onlyRounded: Type.Boolean({ description: '精确值未达到，四舍五入后才达到' }),
    }),
  ),
  contradictions: Type.Array(Contradiction),
  breakdowns: Type.Array(
    object({
      eventId: Id,
      indicator: Word,
      year: Whole,
      unit: Word,
      basis: Labelled,
      printedTotal: MaybeWord,
      shares: Type.Array(object({ region: Region, printed: Word })),
    }),
  ),
});

const addition = { low: Whole, high: Whole, unknownProjects: Whole, projects: Whole };
export const TrajectoryShape = object({
  plan: PlanShape,
  day: Type.String({ format: 'date', description: '所答是截至此日的情况' }),
  indicator: object({ id: Word, version: Whole, name: Word, unit: Word }),
  actual: Part,
  denominator: nullable(Part),
  value: nullable(object(value)),
  targets: Type.Array(
    object({
      eventId: Id,
      year: Whole,
      printed: Word,
      locator: Word,
      attribute: nullable(Labelled),
      needed: Word,
      missing: MaybeWord,
      planned: object(addition),
      stillMissing: nullable(object({ low: Word, high: Word })),
      perYear: MaybeWord,
    }),
  ),
  pipeline: Type.Array(object({ ...addition, year: NullableWhole, stage: Labelled })),
  counties: Type.Array(object({ ...addition, region: RegionSetShape, share: MaybeWord })),
  contradictions: Type.Array(Contradiction),
});

export const PlanTaskPage = pageOf(
  object({
    taskId: Id,
    eventId: Id,
    title: Word,
    leadUnits: Type.Array(Word),
    supportingUnits: Type.Array(Word),
    wording: MaybeWord,
    deadline: nullable(PartialDateShape),
    deliverable: MaybeWord,
    indicator: MaybeWord,
    ...Source,
    overdue: Type.Boolean({ description: '时限已过而未知完成' }),
    status: object({
      key: Type.Enum(['underway', 'done', 'blocked', 'unknown']),
      label: Word,
      from: Type.Enum(['indicator', 'report', 'none']),
      explanation: Word,
    }),
    reports: Type.Array(
      object({ eventId: Id, region: Region, state: Word, note: Word, date: PartialDateShape }),
    ),
  }),
);

const Definition = object({
  id: Word,
  version: Whole,
  name: Word,
  unit: Word,
  factor: Whole,
  decimals: Whole,
  scope: Word,
  direction: Type.Enum(['up', 'down']),
});

export const IndicatorComparisonShape = object({
  year: Whole,
  indicators: Type.Array(Definition),
  rows: Type.Array(
    object({
      region: Region,
      values: Type.Array(object({ value: nullable(object(value)), why: MaybeWord }), {
        description: '依 indicators 的顺序；value 为 null 时 why 说明缺什么',
      }),
    }),
  ),
});

export const IndicatorReportShape = object({
  definitionsDigest: Type.String({ description: '所用指标定义的 SHA-256（RFC 8785）' }),
  answers: Type.Array(
    object({
      region: Region,
      year: Whole,
      items: Type.Array(
        object({
          indicator: Definition,
          formula: Word,
          numerator: Part,
          denominator: nullable(Part),
          value: nullable(object(value)),
          why: MaybeWord,
        }),
      ),
    }),
  ),
});
