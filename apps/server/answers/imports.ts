import { Type } from 'typebox';
import {
  Id,
  Instant,
  Money,
  nullable,
  object,
  pageOf,
  PartialDateShape,
  PositionShape,
  Whole,
  Word,
} from './shapes.js';

export const Finding = object({
  code: Word,
  message: Word,
  sheet: Type.Optional(Word),
  row: Type.Optional(Whole),
  column: Type.Optional(Word),
});
const FileProblem = Type.Object(
  { ...Finding.properties, severity: Type.Enum(['warning', 'error']) },
  { additionalProperties: false },
);
const Totals = object({ projects: Whole, total: Money, selfRaised: Money });
const PrintedTotal = object({
  row: Whole,
  label: Word,
  total: Type.Optional(Money),
  selfRaised: Type.Optional(Money),
});
const Column = object({
  column: Type.String({ description: '列的字母' }),
  header: Word,
  samples: Type.Optional(Type.Array(Word, { description: '前几个值；导入记录中不保存' })),
  meaning: Type.Optional(Type.String({ description: '读作什么（键）；没有则未读取' })),
  byHand: Type.Optional(Type.Literal(true, { description: '由导入人指定，不是按表头' })),
});
const List = object({
  sheet: Word,
  title: Word,
  unit: Type.Optional(Word),
  headerRow: Whole,
  columns: Type.Optional(Type.Array(Column)),
  printedTotals: Type.Array(PrintedTotal),
  computed: Totals,
});
const Row = object({
  sheet: Word,
  row: Whole,
  sequence: Type.Optional(Whole),
  name: Word,
  outcome: Type.Enum(['recorded', 'revised', 'unchanged', 'held']),
  projectId: Type.Optional(Id),
  changes: Type.Optional(
    Type.Array(
      object({ field: Word, before: Type.Optional(Type.Unknown()), after: Type.Optional(Type.Unknown()) }),
    ),
  ),
  events: Type.Array(Word),
  warnings: Type.Array(Finding),
  errors: Type.Array(Finding),
});

const summary = {
  importId: Id,
  fileName: Word,
  fileDigest: Type.String({ description: '文件的 SHA-256' }),
  region: Word,
  effectiveDate: PartialDateShape,
  lists: Type.Array(List),
  missing: Type.Array(
    object({ projectId: Id, name: Word, listTitle: Word, sequence: Type.Optional(Whole) }),
    { description: '此前同名清单中有、本文件中没有的项目；不作改动' },
  ),
  fileProblems: Type.Array(FileProblem),
  outcomes: object({ recorded: Whole, revised: Whole, unchanged: Whole, held: Whole }),
  totals: Totals,
};

export const ImportReportShape = object({
  ...summary,
  dryRun: Type.Boolean(),
  alreadyImported: Type.Boolean(),
  rows: Type.Array(Row),
  position: nullable(PositionShape),
});

const recorded = {
  actor: object({ user: Word, unit: Word, role: Word, region: Word }),
  recordedAt: Instant,
  runs: Type.Integer({ description: '同一文件导入并留有记录的次数' }),
};

export const RecordedImportShape = object({ ...summary, rows: Type.Array(Row), ...recorded });

const { importId, fileName, fileDigest, region, effectiveDate, outcomes, totals } = summary;
export const ImportPage = pageOf(
  object({ importId, fileName, fileDigest, region, effectiveDate, outcomes, totals, ...recorded }),
);

export const ImportProgressShape = object({
  running: Type.Boolean({ description: 'false：没有正在进行的导入，已完成或尚未读完文件' }),
  done: Whole,
  total: Whole,
});
