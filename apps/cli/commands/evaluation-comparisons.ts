import type { Command } from 'commander';
import { differencePage, sealedBefore } from '#libs/evaluation/application/comparisons.js';
import { yearOnYear } from '#libs/evaluation/snapshot/year-on-year.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { allPages } from '#libs/read-models/all-pages.js';
import {
  EvaluationQuery,
  EvaluationsQuery,
  type EvaluationView,
} from '#libs/read-models/evaluations/queries.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import type { CliContext } from '../context.js';
import { uuid } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import type { Reads } from '../session.js';
import { differencesTable, yearOnYearTable } from '../views/evaluation-tables.js';

/** `taizhang evaluations differences|year-on-year`: a sealed snapshot beside an earlier one. */
export function addEvaluationComparisons(evaluations: Command, context: CliContext): void {
  const add = (name: string, what: string): Command =>
    addFormatOptions(evaluations.command(name).description(what).argument('<标识>', '评估标识', uuid));

  add('differences', '与另一次封存的差异：哪个数、由何变为何、其间记录了哪些事件')
    .option('--from <标识>', '与之比较的评估；默认同地区同年度的前一次封存', uuid)
    .action(async (id: string, options: FormatOptions & { from?: string }) => {
      await context.withReads(async (session) => {
        const to = await find(session, id);
        const from =
          options.from === undefined ? await before(session, to) : await find(session, options.from);
        const parts = { texts: session.sealedTexts, ask: session.query };
        const both = { from: from.sealed, to: to.sealed };
        const items = await allPages((cursor) =>
          differencePage(parts, both, { ...cursor, limit: MAX_PAGE_SIZE }),
        );
        printResult(context.terminal, options, { from: from.id, to: to.id, items }, [
          differencesTable(both, items),
        ]);
      });
    });

  add('year-on-year', '与上一年度的封存逐项比较').action(async (id: string, options: FormatOptions) => {
    await context.withReads(async (session) => {
      const now = await find(session, id);
      const { region, year } = now;
      const earlier = await session.query(new EvaluationQuery({ region: region.code, year: year - 1 }));
      if (!earlier)
        throw notFound(`${region.name} ${year - 1} 年度没有封存过评估`, {
          region: region.code,
          year: year - 1,
        });
      const items = await yearOnYear(earlier.sealed, now.sealed, (digest) =>
        session.sealedTexts.entries(digest),
      );
      printResult(context.terminal, options, { before: earlier.id, now: now.id, items }, [
        yearOnYearTable(now.sealed, items),
      ]);
    });
  });
}

async function find(session: Reads, id: string): Promise<EvaluationView> {
  const found = await session.query(new EvaluationQuery({ id }));
  if (found) return found;
  throw notFound(`没有标识为 ${id} 的年度评估`, { evaluationId: id });
}

async function before(session: Reads, view: EvaluationView): Promise<EvaluationView> {
  const { region, year, id } = view;
  const all = await allPages((cursor) =>
    session.query(new EvaluationsQuery({ region: region.code, year, ...cursor, limit: MAX_PAGE_SIZE })),
  );
  const earlier = sealedBefore(all, view);
  if (earlier) return earlier;
  throw notFound('此前没有封存过同一地区同一年度的评估', { evaluationId: id });
}

const notFound = (message: string, details: Record<string, string | number>): Refusal =>
  new Refusal('evaluation.notFound', message, details);
