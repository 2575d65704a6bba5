import type { ReallocationRequest } from '#libs/fund-plans/application/reallocation.js';
import type { Reallocated } from '#libs/fund-plans/application/reallocator.js';
import { printYuan } from '#libs/kernel/money.js';
import { FUND_STAGES, FUNDING_SOURCES } from '#libs/projects/domain/vocabulary.js';
import type { Table } from '../output/table.js';

/** Both halves of a reallocation, with the events that say so; amounts in 元. */
export function reallocationTable(request: ReallocationRequest, done: Reallocated): Table {
  const { source, budgetYear, stage, amountFen } = request.data;
  const line = [`${FUNDING_SOURCES[source]} ${budgetYear}`, FUND_STAGES[stage], printYuan(BigInt(amountFen))];
  return {
    title: `资金调剂 ${request.data.documentNumber}(单位:元)`,
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
      done.outcome === 'repeated' ? '此前已登记,本次没有新的记录。' : '已成对登记。',
      '冲销其中任何一笔,两笔一并冲销。',
    ],
  };
}
