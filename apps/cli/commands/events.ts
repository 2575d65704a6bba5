import type { Command } from 'commander';
import { Refusal } from '#libs/kernel/refusal.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import { ProjectEventsQuery } from '#libs/read-models/timeline/queries.js';
import type { CliContext } from '../context.js';
import { uuid } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { allPages } from '#libs/read-models/all-pages.js';
import { eventsTable } from '../views/events-table.js';

export function addEvents(program: Command, context: CliContext): void {
  const command = program
    .command('events')
    .description('一个项目的全部事件，按记录先后')
    .argument('<项目标识>', '见 projects 的第一列', uuid);
  addFormatOptions(command).action(async (projectId: string, options: FormatOptions) => {
    await context.withReads(async (session) => {
      const entries = await allPages((cursor) =>
        session.query(new ProjectEventsQuery(projectId, { ...cursor, limit: MAX_PAGE_SIZE })),
      );
      if (entries.length === 0) {
        throw new Refusal('project.unknown', `没有标识为“${projectId}”的项目`, { projectId });
      }
      printResult(context.terminal, options, { items: entries }, [eventsTable(projectId, entries)]);
    });
  });
}
