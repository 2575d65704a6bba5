import { writeFile } from 'node:fs/promises';
import { unitLineOf, type ExportSheet } from '#libs/exchange/export/sheet-model.js';
import { workbookBytes } from '#libs/exchange/export/workbook-bytes.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { CliContext } from '../context.js';

/** Writes a workbook and says so; a file of that name is replaced. @throws Refusal `cli.fileUnwritable` */
export async function writeWorkbook(context: CliContext, file: string, sheet: ExportSheet): Promise<void> {
  try {
    await writeFile(file, await workbookBytes(sheet));
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined) throw error;
    const why = code === 'ENOENT' ? '目录不存在' : code === 'EISDIR' ? '这是一个目录' : code;
    throw new Refusal('cli.fileUnwritable', `无法写入“${file}”：${why}`, { file, code });
  }
  context.terminal.out(`已写入 ${file}：${sheet.title}，${sheet.rows.length} 行（${unitLineOf(sheet)}）\n`);
}
