import type { PlanDocument } from '#libs/read-models/fund-plans/queries.js';
import type { LedgerEntry } from '#libs/read-models/ledger/queries.js';
import type {
  AmountsByStage,
  PaymentTrace,
  PlanDocumentTrace,
  TraceStep,
} from '#libs/read-models/lots/queries.js';
import { MONEY_PLACES, type MoneyPlace } from '#libs/projects/domain/vocabulary.js';
import type { Column, Table } from '../output/table.js';
import { amount, NONE, type Unit } from './cells.js';

const PLACES = Object.keys(MONEY_PLACES) as MoneyPlace[];
/** Ends that few documents come to: named where there is something. */
const RARE: ReadonlySet<MoneyPlace> = new Set(['returned', 'reallocated']);

const right = (header: string): Column => ({ header, align: 'right' });
const wide = (header: string): Column => ({ header, maxWidth: 40 });

/** Journal lines, each with the id that `trace` and `events` go by. */
export function entriesTable(entries: readonly LedgerEntry[], unit: Unit, plain = false): Table {
  return {
    title: `台账分录（${entries.length} 条；单位：${unit}）`,
    columns: [
      ...['业务日期', '环节'].map((header) => ({ header })),
      ...['项目', '资金来源'].map(wide),
      { header: '预算年度' },
      right(plain ? `金额（${unit}）` : '金额'),
      wide('文号或依据'),
      { header: '事件标识' },
    ],
    rows: entries.map((entry) => [
      entry.effectiveDate,
      `${entry.stage.label}${entry.reverses ? '（冲销）' : ''}`,
      entry.project.name,
      entry.source?.label ?? NONE,
      String(entry.from.year ?? NONE),
      amount(entry.amount, unit, plain),
      entry.documentNumber ?? NONE,
      entry.eventId,
    ]),
  };
}

export function planDocumentsTable(documents: readonly PlanDocument[], unit: Unit, plain = false): Table {
  const money = ['总额', '分解到项目', '已占用', '余额'];
  return {
    title: `投资计划（单位：${unit}）`,
    columns: [
      ...['文号', '下达单位', '资金来源'].map(wide),
      { header: '预算年度' },
      ...money.map((header) => right(plain ? `${header}（${unit}）` : header)),
      right('项目数'),
    ],
    rows: documents.map((each) => [
      ...[each.documentNumber, each.authority, each.source.label, String(each.budgetYear)],
      ...[each.total, each.inLines, each.drawn, each.remainder].map((view) => amount(view, unit, plain)),
      String(each.projects),
    ]),
  };
}

/** One row a lot: its amount, and every step back to the document. */
export function paymentTraceTable(trace: PaymentTrace, unit: Unit, plain = false): Table {
  const { payment, project, source, reversedBy } = trace;
  const rows = trace.lots.map(({ amount: lot, steps, planDocument }, n) => [
    String(n + 1),
    amount(lot, unit, plain),
    steps.map(stepText).join(plain ? ' ← ' : '\n← '),
    planDocument?.documentNumber ?? NONE,
  ]);
  const paid = `${payment.effectiveDate} 支付 ${payment.payee ?? NONE} ${amount(payment.eventAmount, unit)}`;
  return {
    title: `${project.name}：${paid}（${source.label}；单位：${unit}）`,
    columns: [right('批次'), right(plain ? `金额（${unit}）` : '金额'), { header: '来路' }, wide('投资计划')],
    rows,
    notes: [
      ...(reversedBy ? [`该支付已被冲销（${reversedBy}），不再占用任何资金。`] : []),
      ...(trace.lots.some(({ traced }) => !traced) ? ['有一部分资金在该时点查不到来路。'] : []),
      '先进先出；“—”表示下达文号没有登记为投资计划，或资金直接到位。',
    ],
  };
}

/** For people by project and then by lot; for programs the lots alone. */
export function documentTraceTables(trace: PlanDocumentTrace, unit: Unit, plain = false): Table[] {
  const lots = lotsTable(trace, unit, plain);
  return plain ? [lots] : [projectsTable(trace, unit), lots];
}

function projectsTable({ document, now, pending, projects }: PlanDocumentTrace, unit: Unit): Table {
  const places = PLACES.filter((place) => !RARE.has(place) || now[place].fen !== '0');
  const stages = (amounts: AmountsByStage) => places.map((place) => amount(amounts[place], unit));
  const { documentNumber, total, drawn, remainder, source, budgetYear } = document;
  const sums = [drawn, remainder].map((view) => amount(view, unit));
  return {
    title: `${documentNumber}：${budgetYear} 年度${source.label} ${amount(total, unit)}（单位：${unit}）`,
    columns: [
      wide('项目'),
      ...['计划额度', '已占用', '余额', ...places.map((place) => `现在${MONEY_PLACES[place]}`), '未完成'].map(
        right,
      ),
    ],
    rows: projects.map((each) => [
      each.project.name,
      ...[each.line, each.drawn, each.remainder].map((view) => amount(view, unit)),
      ...stages(each.now),
      amount(each.pending, unit),
    ]),
    totals: [['合计', amount(total, unit), ...sums, ...stages(now), amount(pending, unit)]],
    ...(pending.fen !== '0' && { notes: ['未完成：已占用额度，而项目的下达尚未记录。'] }),
  };
}

function lotsTable({ lots }: PlanDocumentTrace, unit: Unit, plain: boolean): Table {
  return {
    title: `各笔资金的去路（${lots.length} 笔）`,
    columns: [
      wide('项目'),
      right(plain ? `金额（${unit}）` : '金额'),
      { header: '现在' },
      { header: '去路' },
    ],
    rows: lots.map(({ project, amount: lot, stage, steps }) => [
      project.name,
      amount(lot, unit, plain),
      stage.label,
      steps.map(stepText).join(plain ? ' → ' : '\n→ '),
    ]),
  };
}

function stepText({ stage, effectiveDate, documentNumber, payee }: TraceStep): string {
  return [stage.label, effectiveDate, payee ?? documentNumber].filter(Boolean).join(' ');
}
