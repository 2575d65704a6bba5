import type { ReallocationRequest } from '#libs/fund-plans/application/reallocation.js';
import type { Reallocated } from '#libs/fund-plans/application/reallocator.js';
import { printYuan } from '#libs/kernel/money.js';
import { FUND_STAGES, FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import type { Reallocation } from '#libs/read-models/reallocations/queries.js';
import type { Table } from '../output/table.js';

/** Both halves of a reallocation, with the events that say so; amounts in 元. */
export function reallocationTable(request: ReallocationRequest, done: Reallocated): Table {
  const { source, budgetYear, stage, amountFen } = request.data;
  const line = [`${FUNDING_SOURCES[source]} ${budgetYear}`, FUND_STAGES[stage], printYuan(BigInt(amountFen))];
  return {
    title: `资金调剂 ${request.data.documentNumber}（单位：元）`,
    columns: [
      { header: '方向' },
      { header: '项目标识' },
      { header: '资金来源' },
      { header: '环节' },
      { header: '金额', align: 'right' },
      { header: '事件标识' },
    ],
    rows: [
      ['调出', request.fromProjectId, ...line, done.out.events[0]!.id],
      ['调入', request.toProjectId, ...line, done.in.events[0]!.id],
    ],
    notes: [
      done.outcome === 'repeated' ? '此前已登记，本次没有新的记录。' : '已成对登记。',
      '冲销其中任何一笔，两笔一并冲销。',
    ],
  };
}

/** Pairs in the order recorded; amounts in 元. */
export function reallocationsTable(pairs: readonly Reallocation[]): Table {
  const side = ({ project, eventId, stands }: Reallocation['from']): string =>
    `${project.name}${stands ? '' : eventId === null ? '（未登记）' : '（已冲销）'}`;
  const halves = pairs.filter(({ state }) => state.key === 'half').length;
  return {
    title: `资金调剂（${pairs.length} 笔；单位：元）`,
    columns: [
      { header: '状态' },
      { header: '调出项目', maxWidth: 24 },
      { header: '调入项目', maxWidth: 24 },
      { header: '资金来源' },
      { header: '年度' },
      { header: '环节' },
      { header: '金额', align: 'right' },
      { header: '业务日期' },
      { header: '文号', maxWidth: 24 },
      { header: '调剂标识' },
    ],
    rows: pairs.map((pair) => [
      pair.state.label,
      side(pair.from),
      side(pair.to),
      pair.source.label,
      String(pair.budgetYear),
      pair.stage.label,
      printYuan(BigInt(pair.amount.fen)),
      pair.effectiveDate,
      pair.documentNumber ?? '',
      pair.id,
    ]),
    notes:
      halves > 0
        ? [`${halves} 笔只登记了一方（疑点 M14）：原样再办理一次即可补齐，或冲销已登记的一方。`]
        : [],
  };
}
