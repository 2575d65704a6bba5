import { builtInFormat, parseNumberFormat, type NumberFormat } from './number-format.js';
import { readXml } from './xml.js';
import type { BoundedZip } from './zip.js';

const FIRST_CUSTOM_FORMAT = 164;
/** Excel itself stops at 65,490 cell formats. */
const MOST_STYLES = 65_536;

/** What the number format of each cell style does, by the style number that cells carry. */
export async function readStyles(zip: BoundedZip, part: string | undefined): Promise<NumberFormat[]> {
  const custom = new Map<number, NumberFormat>();
  const styles: NumberFormat[] = [];
  if (part === undefined) return styles;
  let inCellStyles = false;
  await readXml(zip.text(part), {
    open(tag, attributes) {
      const id = Number(attributes['numFmtId'] ?? 0);
      if (tag === 'numFmt') custom.set(id, parseNumberFormat((attributes['formatCode'] ?? '').slice(0, 255)));
      if (tag === 'cellXfs') inCellStyles = true;
      if (tag !== 'xf' || !inCellStyles || styles.length === MOST_STYLES) return;
      styles.push(custom.get(id) ?? (id < FIRST_CUSTOM_FORMAT ? builtInFormat(id) : {}));
    },
    close(tag) {
      if (tag === 'cellXfs') inCellStyles = false;
    },
  });
  return styles;
}
