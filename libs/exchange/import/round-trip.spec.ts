import { readFileSync } from 'node:fs';
import writeXlsxFile from 'write-excel-file/node';
import { printWan } from '#libs/kernel/money.js';
import { printPartialDate, yearOf } from '#libs/kernel/partial-date.js';
import type { ProjectState } from '#libs/projects/domain/state.js';
import { PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { HEADER, TITLE } from '../project-list/testing/list-sheet.js';
import { ImportBench } from './testing/import-bench.js';

const LIST = readFileSync(new URL('../../../samples/liangshan-major-projects.csv', import.meta.url));
const NAME = '凉山州“一老一小”重大项目清单';

/** The nine columns as they would be printed from what is recorded. */
function printed(state: ProjectState): string[] {
  const { name, category, plannedUse, place, scope, totalInvestmentFen, implementingUnits } = state.details!;
  const listing = state[`listing.${yearOf(plannedUse!)}`]!;
  const own = state.plan!.find(({ source }) => source === 'SelfRaised')!.amountFen;
  return [
    ...[
      String(listing.sequence),
      name,
      PROJECT_CATEGORIES[category],
      printPartialDate(plannedUse!),
      place,
      scope!,
    ],
    ...[printWan(BigInt(totalInvestmentFen!)), printWan(BigInt(own)), implementingUnits.join('、')],
  ];
}

it('records nothing of a list printed from what is recorded, in whatever format', async () => {
  const bench = new ImportBench();
  await bench.run(LIST);
  const before = (await bench.events()).filter(({ stream }) => stream.startsWith('project-')).length;
  const rows = [...(await bench.known.all()).values()].map(printed);
  const title = [TITLE[0]!.replace('测试清单', NAME)];
  const csv = [title, HEADER, ...rows]
    .map((cells) => cells.map((cell) => `"${cell}"`).join(','))
    .join('\r\n');
  const xlsx = await writeXlsxFile([title, HEADER, ...rows]).toBuffer();
  for (const bytes of [Buffer.from(csv), Buffer.from(`\uFEFF${csv}`), xlsx]) {
    const { report } = await bench.run(bytes);
    expect(report.rows.flatMap(({ changes = [] }) => changes)).toEqual([]);
    expect(report.outcomes).toEqual({ recorded: 0, revised: 0, unchanged: 22, held: 0 });
  }
  const after = (await bench.events()).filter(({ stream }) => stream.startsWith('project-')).length;
  expect(after).toBe(before);
});
