import { Refusal } from '#libs/kernel/refusal.js';
import { TABLE_LIMITS, type TableLimits } from './limits.js';
import { SheetBuilder, type CellBudget } from './sheet-builder.js';
import type { Sheet } from './sheet.js';
import { readSharedStrings } from './xlsx-strings.js';
import { readStyles } from './xlsx-styles.js';
import { readRelationships, readWorkbook, type Relationships } from './xlsx-workbook.js';
import { readWorksheet } from './xlsx-worksheet.js';
import { BoundedZip, notWorkbook } from './zip.js';

/**
 * Reads the sheets of an .xlsx workbook: values, formula and error marks, merged ranges, shown dates. Macros, links,
 * images and everything else in the file are never opened.
 *
 * @throws Refusal `import.notWorkbook` | `import.encrypted` | `import.zipBomb` | `import.tooMany…`
 */
export async function readXlsx(bytes: Uint8Array, limits: TableLimits = TABLE_LIMITS): Promise<Sheet[]> {
  const zip = await BoundedZip.open(bytes, limits);
  const root = await readRelationships(zip, '');
  const workbookPart = root.byType('officeDocument');
  if (workbookPart === undefined) throw notWorkbook('缺少工作簿部件');
  const relationships = await readRelationships(zip, workbookPart);
  const workbook = await readWorkbook(zip, workbookPart);
  if (workbook.sheets.length > limits.sheets) {
    throw new Refusal('import.tooManySheets', `工作簿超过${limits.sheets}张工作表的上限，请拆分后再导入`, {
      sheets: workbook.sheets.length,
      limit: limits.sheets,
    });
  }
  const styles = await readStyles(zip, existing(zip, relationships, 'styles'));
  const strings = await readSharedStrings(zip, existing(zip, relationships, 'sharedStrings'), limits);
  const budget: CellBudget = { cells: 0 };
  const sheets: Sheet[] = [];
  for (const { name, hidden, id } of workbook.sheets) {
    const part = relationships.byId(id);
    if (part === undefined || part.type !== 'worksheet') continue;
    const builder = new SheetBuilder(name, hidden, limits, budget);
    await readWorksheet(zip, part.target, { strings, styles, since1904: workbook.since1904 }, builder);
    sheets.push(builder.build());
  }
  return sheets;
}

function existing(zip: BoundedZip, relationships: Relationships, type: string): string | undefined {
  const part = relationships.byType(type);
  return part !== undefined && zip.has(part) ? part : undefined;
}
