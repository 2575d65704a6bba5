import { columnLetter } from '../sheet.js';
import { zipBytes, type ZipPart } from './zip-bytes.js';

export type TestCell =
  string | number | null | { formula: string; value: string } | { error: string } | StyledCell;
interface StyledCell {
  number: string;
  style: number;
}

export interface TestSheet {
  name: string;
  rows?: readonly (readonly TestCell[])[];
  merged?: readonly string[];
  hidden?: boolean;
  /** The worksheet's XML itself, instead of rows. */
  xml?: string;
}

export interface TestWorkbook {
  sheets: readonly TestSheet[];
  /** Format codes; style n (from 1) uses the n-th. */
  formats?: readonly string[];
  parts?: readonly ZipPart[];
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The bytes of an .xlsx workbook with these cells. */
export function workbookBytes({ sheets, formats = [], parts = [] }: TestWorkbook): Buffer {
  const sheetList = sheets.map(
    ({ name, hidden }, n) =>
      `<sheet name="${escape(name)}" sheetId="${n + 1}" ${hidden ? 'state="hidden" ' : ''}r:id="rId${n + 1}"/>`,
  );
  return zipBytes([
    { name: '_rels/.rels', content: relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheetList.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relationships([
        ...sheets.map((_, n) => [`rId${n + 1}`, 'worksheet', `worksheets/sheet${n + 1}.xml`] as const),
        ['rIdStyles', 'styles', 'styles.xml'],
        ['rIdStrings', 'sharedStrings', '/xl/sharedStrings.xml'],
      ]),
    },
    { name: 'xl/styles.xml', content: stylesXml(formats) },
    ...sheets.map((sheet, n) => ({ name: `xl/worksheets/sheet${n + 1}.xml`, content: worksheetXml(sheet) })),
    ...parts,
  ]);
}

export function worksheetXml({ xml, rows = [], merged = [] }: TestSheet): string {
  if (xml !== undefined) return xml;
  const lines = rows.map(
    (cells, r) => `<row r="${r + 1}">${cells.map((cell, c) => cellXml(cell, r + 1, c + 1)).join('')}</row>`,
  );
  const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  return `<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData><mergeCells>${merges}</mergeCells></worksheet>`;
}

function cellXml(cell: TestCell, row: number, column: number): string {
  const at = `r="${columnLetter(column)}${row}"`;
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c ${at}><v>${cell}</v></c>`;
  if (typeof cell === 'string') return `<c ${at} t="inlineStr"><is><t>${escape(cell)}</t></is></c>`;
  if ('error' in cell) return `<c ${at} t="e"><v>${cell.error}</v></c>`;
  if ('number' in cell) return `<c ${at} s="${cell.style}"><v>${cell.number}</v></c>`;
  return `<c ${at}><f>${escape(cell.formula)}</f><v>${cell.value}</v></c>`;
}

function relationships(list: readonly (readonly [string, string, string])[]): string {
  const entries = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships>${entries.join('')}</Relationships>`;
}

function stylesXml(formats: readonly string[]): string {
  const codes = formats.map((code, n) => `<numFmt numFmtId="${164 + n}" formatCode="${escape(code)}"/>`);
  const styles = formats.map((_, n) => `<xf numFmtId="${164 + n}"/>`);
  return `<styleSheet xmlns="${MAIN}"><numFmts>${codes.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`;
}

function escape(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/"/gu, '&quot;');
}
