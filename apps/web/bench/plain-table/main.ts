/** The rival of `npm run bench:web`: Element Plus's plain table on the rows and columns of the grid, all of them at once. */
import { ElTable, ElTableColumn } from 'element-plus';
import 'element-plus/es/components/table/style/css';
import 'element-plus/es/components/table-column/style/css';
import { createApp, h } from 'vue';
import { chosenColumns, USUAL, type ProjectRow } from '../../src/pages/projects/columns.js';

const STRETCH = 500;

async function rowsOf(count: number): Promise<ProjectRow[]> {
  const rows: ProjectRow[] = [];
  while (rows.length < count) {
    const answer = await fetch(`/api/v1/projects/window?offset=${rows.length}&limit=${STRETCH}`);
    rows.push(...((await answer.json()) as { items: ProjectRow[] }).items);
  }
  return rows;
}

/** Milliseconds from rows in hand to rows on the screen. */
async function show(rows: readonly ProjectRow[]): Promise<number> {
  const began = performance.now();
  const columns = chosenColumns(USUAL).map(({ key, label, text }) =>
    h(ElTableColumn, {
      key,
      label,
      minWidth: 120,
      formatter: (_row: unknown, _column: unknown, _cell: unknown, n: number) => text(rows[n]!, '万元', n),
    }),
  );
  createApp({ render: () => h(ElTable, { data: [...rows], height: 700 }, () => columns) }).mount('#table');
  await new Promise(requestAnimationFrame);
  await new Promise((painted) => setTimeout(painted));
  return performance.now() - began;
}

Object.assign(window, { show: async (count: number) => show(await rowsOf(count)) });
