import { Refusal } from '#libs/kernel/refusal.js';
import type { TableLimits } from './limits.js';
import { readXml } from './xml.js';
import type { BoundedZip } from './zip.js';

/** The texts that cells refer to by number. Runs of one text are joined; its phonetic reading (`rPh`) is not text. */
export async function readSharedStrings(
  zip: BoundedZip,
  part: string | undefined,
  limits: TableLimits,
): Promise<string[]> {
  const strings: string[] = [];
  if (part === undefined) return strings;
  let current = '';
  let inText = false;
  let inPhonetic = false;
  await readXml(zip.text(part), {
    open(tag) {
      if (tag === 'si') current = '';
      if (tag === 'rPh') inPhonetic = true;
      if (tag === 't') inText = !inPhonetic;
    },
    text(text) {
      if (inText) current += text;
    },
    close(tag) {
      if (tag === 't') inText = false;
      if (tag === 'rPh') inPhonetic = false;
      if (tag !== 'si') return;
      if (strings.length === limits.sharedStrings) {
        throw new Refusal(
          'import.tooManyCells',
          `工作簿的文本超过${limits.sharedStrings}条的上限，请拆分后再导入`,
          {
            limit: limits.sharedStrings,
          },
        );
      }
      strings.push(current);
    },
  });
  return strings;
}
