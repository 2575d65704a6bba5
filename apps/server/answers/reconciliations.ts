import { Type } from 'typebox';
import {
  Id,
  Instant,
  Labelled,
  Money,
  nullable,
  object,
  pageOf,
  PartialDateShape,
  PositionShape,
  Whole,
  Word,
} from './shapes.js';

const Line = object({
  sheet: Word,
  row: Whole,
  date: PartialDateShape,
  documentNumber: Type.Optional(Word),
  payee: Type.Optional(Word),
  amount: Money,
  source: Word,
  projectCode: Type.Optional(Word),
  projectName: Type.Optional(Word),
});
const Item = object({
  eventId: Id,
  kind: Type.Enum(['payment', 'receipt']),
  project: object({ id: Id, name: Word, code: nullable(Word) }),
  date: PartialDateShape,
  documentNumber: Word,
  payees: Type.Array(Word),
  amount: Money,
  source: Word,
});
const Match = object({
  line: Line,
  item: Item,
  basis: Type.Enum(['exact', 'document', 'confirmed', 'proposed'], {
    description: 'confirmed：经人确认的建议',
  }),
  differs: Type.Array(Type.Enum(['date', 'document', 'payee', 'source'])),
});
const Rejected = Type.Omit(Match, ['basis'], { additionalProperties: false });
const some = (item: typeof Line | typeof Item | typeof Match) =>
  object({ count: Whole, total: Money, items: Type.Array(item) });

const outcome = {
  reconciliationId: Id,
  scope: object({
    region: Word,
    projectId: Type.Optional(Id),
    from: PartialDateShape,
    to: PartialDateShape,
    kinds: Type.Array(Word),
  }),
  fileDigest: Type.String({ description: '对账单文件的 SHA-256' }),
  fileName: Word,
  proposedWithinDays: Type.Integer({ description: '建议匹配时日期至多相差的天数' }),
  position: nullable(PositionShape),
  asKnownAt: Instant,
  result: object({
    outcome: Type.Enum(['agreed', 'differing']),
    statementLines: Whole,
    ledgerItems: Whole,
    balances: Type.Array(object({ source: Word, statement: Money, ledger: Money })),
    matched: object({ exact: Whole, document: Whole, proposed: Whole }),
    statementOnly: some(Line),
    ledgerOnly: some(Item),
    doubtful: some(Match),
    confirmed: Type.Optional(some(Match)),
  }),
  decisions: Type.Optional(
    Type.Array(
      object({ sheet: Word, row: Whole, eventId: Id, decision: Type.Enum(['confirmed', 'rejected']) }),
      { description: '对建议的匹配所作的确认和否定；没有则不列' },
    ),
  ),
};

const Warning = object({
  code: Word,
  message: Word,
  sheet: Type.Optional(Word),
  row: Type.Optional(Whole),
  column: Type.Optional(Word),
});

const List = object({
  sheet: Word,
  headerRow: Whole,
  unit: Type.Optional(Type.String({ description: '单元格未写明时的金额单位；没有则各单元格自带' })),
  columns: Type.Array(
    object({
      column: Type.String({ description: '列的字母' }),
      header: Word,
      meaning: Type.Optional(Labelled),
    }),
  ),
  lines: Whole,
  total: Money,
});

export const ReconciliationReportShape = object({
  ...outcome,
  dryRun: Type.Boolean(),
  repeats: nullable(object({ position: PositionShape, recordedAt: Instant })),
  lists: Type.Array(List, { description: '文件的各表是怎样理解的' }),
  matches: Type.Array(Match),
  rejected: Type.Array(Rejected, { description: '被否定的建议' }),
  statementOnly: Type.Array(Line),
  ledgerOnly: Type.Array(Item),
  warnings: Type.Array(Warning),
  recordedPosition: nullable(PositionShape),
});

export const ReconciliationShape = object({
  ...outcome,
  actor: object({ user: Word, unit: Word, role: Word, region: Word }),
  recordedAt: Instant,
  runs: Whole,
  standing: Type.Enum(['holds', 'changed', 'broken'], {
    description: 'holds：此后没有变动；changed：有变动而各来源合计未变；broken：合计已变',
  }),
  agreementBroken: Type.Boolean({ description: '曾经相符、后来的变动使之不符' }),
  changes: Type.Array(object({ change: Type.Enum(['added', 'reversed']), byEventId: Id, item: Item })),
  ledgerNow: Type.Array(object({ source: Word, then: Money, now: Money })),
});

export const ReconciliationPage = pageOf(ReconciliationShape);
