/**
 * Makes the .xlsx sample from the .csv sample, in the layout of the published annex: the title over all columns with
 * the unit in it, headers broken over lines, amounts as numbers. Run: `node samples/make-samples.mjs`
 */
import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import writeXlsxFile from 'write-excel-file/node';

const folder = new URL('./', import.meta.url);
const WIDTHS = [6, 36, 10, 12, 20, 36, 10, 10, 24];
const HEADERS = ['序号', '项目名称', '项目\n类型', '投入\n使用时间', '实施\n地点', '建设内容\n和规模', '总投资', '自筹\n资金', '组织实施单位'];
const NUMBERS = new Set([0, 6, 7]);

const list = await readFile(new URL('liangshan-major-projects.csv', folder), 'utf8');
const [[title], , ...rows] = Papa.parse(list, { skipEmptyLines: true }).data;
const header = HEADERS.map((value) => ({ value, type: String, fontWeight: 'bold', align: 'center', wrap: true }));
const body = rows.map((row) =>
  row.map((text, column) =>
    NUMBERS.has(column) ? { value: Number(text), type: Number } : { value: text, type: String, wrap: true },
  ),
);
const titleRow = [{ value: title, type: String, columnSpan: 9, align: 'center', fontWeight: 'bold' }, ...Array(8).fill(null)];

await writeXlsxFile([titleRow, header, ...body], {
  sheet: '重大项目清单',
  columns: WIDTHS.map((width) => ({ width })),
}).toFile(new URL('liangshan-major-projects.xlsx', folder).pathname);
