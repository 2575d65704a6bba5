import { Option, type Command } from 'commander';
import type { Terminal } from '../terminal.js';
import { renderCsv } from './csv.js';
import { renderTable, type Table } from './table.js';

export interface FormatOptions {
  json?: true;
  csv?: true;
}

export function addFormatOptions(command: Command): Command {
  return command
    .addOption(new Option('--json', '输出 JSON（与 HTTP 接口同样的字段），供程序读取').conflicts('csv'))
    .option('--csv', '输出 CSV（RFC 4180，UTF-8 带 BOM），供表格软件读取');
}

/** Prints a result for people or, if asked, for programs. The CSV's first table is its only one. */
export function printResult(
  terminal: Terminal,
  options: FormatOptions,
  result: unknown,
  tables: readonly Table[],
): void {
  if (options.json) return terminal.out(`${JSON.stringify(result, null, 2)}\n`);
  const [first] = tables;
  if (options.csv) return terminal.out(first ? renderCsv(first) : '');
  terminal.out(tables.map((table) => renderTable(table, terminal.colours)).join('\n'));
}
