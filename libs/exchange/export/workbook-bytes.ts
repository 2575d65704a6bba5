import { promisify } from 'node:util';
import { strToU8, zip, type AsyncZippable, type AsyncZipOptions } from 'fflate';
import { inTurns } from '#libs/kernel/turns.js';
import { layoutOf } from './sheet-layout.js';
import type { ExportSheet } from './sheet-model.js';
import { stylesXml } from './styles-xml.js';
import { worksheetXml } from './worksheet-xml.js';
import { xmlText } from './xml-text.js';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** The media type of what `workbookBytes` gives. */
export const XLSX_MEDIA_TYPE = `${SPREADSHEET}.sheet`;
/** The same sheet is the same bytes, whenever it is written: the first day that a zip archive can name. */
const WRITTEN = new Date(1980, 0, 1);

const zipped = promisify<AsyncZippable, AsyncZipOptions, Uint8Array>(zip);

/** An .xlsx workbook of one sheet. A large one leaves the others of this process their turns, and is packed on a thread. */
export async function workbookBytes(sheet: ExportSheet): Promise<Buffer> {
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(),
    '_rels/.rels': relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbookXml(sheet),
    'xl/_rels/workbook.xml.rels': relationships([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'styles', 'styles.xml'],
    ]),
    'xl/styles.xml': stylesXml(),
    'xl/worksheets/sheet1.xml': await inTurns(worksheetXml(sheet)),
  };
  const files = Object.entries(parts).map(([name, xml]) => [name, strToU8(DECLARATION + xml)] as const);
  return Buffer.from(await zipped(Object.fromEntries(files), { mtime: WRITTEN }));
}

/** The header is printed at the top of every page. */
function workbookXml(sheet: ExportSheet): string {
  const name = xmlText(sheet.name);
  const { headerTop, headerBottom } = layoutOf(sheet);
  const titles = `'${name}'!$${headerTop}:$${headerBottom}`;
  return (
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">` +
    `<sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets>` +
    `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${titles}</definedName></definedNames>` +
    '</workbook>'
  );
}

function relationships(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const entries = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${entries.join('')}</Relationships>`;
}

function contentTypes(): string {
  const overrides = [
    ['/xl/workbook.xml', `${SPREADSHEET}.sheet.main+xml`],
    ['/xl/worksheets/sheet1.xml', `${SPREADSHEET}.worksheet+xml`],
    ['/xl/styles.xml', `${SPREADSHEET}.styles+xml`],
  ].map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`);
  return (
    `<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  );
}
