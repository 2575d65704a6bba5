import { Refusal } from '#libs/kernel/refusal.js';
import { readCsv } from './csv.js';
import { TABLE_LIMITS, type TableLimits } from './limits.js';
import type { Sheet } from './sheet.js';
import { readXlsx } from './xlsx.js';
import { encrypted, notWorkbook } from './zip.js';

const ZIP = '504b0304';
/** Compound file: old .xls, or the wrapper of an encrypted .xlsx. */
const COMPOUND_FILE = 'd0cf11e0a1b11ae1';

/**
 * Reads an uploaded file, told by its first bytes and not by its name, into sheets of cells.
 *
 * @throws Refusal `import.emptyFile` | `import.fileTooLarge` | `import.encrypted` | `import.oldWorkbook` |
 *   `import.notWorkbook` | `import.wrongEncoding` | `import.brokenCsv` | `import.zipBomb` | `import.tooMany…`
 */
export async function readTable(
  bytes: Uint8Array,
  fileName: string,
  limits: TableLimits = TABLE_LIMITS,
): Promise<Sheet[]> {
  if (bytes.length === 0) throw emptyFile(fileName);
  if (bytes.length > limits.fileBytes) {
    const megabytes = limits.fileBytes / 1024 / 1024;
    throw new Refusal('import.fileTooLarge', `文件超过${megabytes} MB的上限`, {
      bytes: bytes.length,
      limit: limits.fileBytes,
    });
  }
  const magic = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (magic.startsWith(ZIP)) return filled(await readXlsx(bytes, limits), fileName);
  if (magic === COMPOUND_FILE) throw compoundFile(bytes);
  if (/\.(xlsx?|xlsm|xlsb|et)$/iu.test(fileName)) throw notWorkbook('扩展名与内容不符');
  if (bytes.includes(0) && !/^(fffe|feff)/u.test(magic)) throw notWorkbook('内容是二进制数据');
  return filled([await readCsv(bytes, limits)], fileName);
}

function filled(sheets: Sheet[], fileName: string): Sheet[] {
  if (sheets.every((sheet) => sheet.rows.size === 0)) throw emptyFile(fileName);
  return sheets;
}

function emptyFile(fileName: string): Refusal {
  return new Refusal('import.emptyFile', `文件“${fileName}”没有内容`, { fileName });
}

function compoundFile(bytes: Uint8Array): Refusal {
  if (
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('EncryptedPackage', 0, 'utf16le')
  ) {
    return encrypted();
  }
  return new Refusal('import.oldWorkbook', '这是旧版 .xls 文件，请用 Excel 或 WPS 另存为 .xlsx 后再导入');
}
