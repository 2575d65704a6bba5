import { posix } from 'node:path';
import { readXml, relationshipId } from './xml.js';
import type { BoundedZip } from './zip.js';

export interface Relationships {
  /** The part of the first relationship of this type (the last word of its URI, the same in strict files). */
  byType(type: string): string | undefined;
  byId(id: string): { type: string; target: string } | undefined;
}

/** Reads the relationships of a part (`''` for the package): where the workbook keeps its sheets and strings. */
export async function readRelationships(zip: BoundedZip, part: string): Promise<Relationships> {
  const folder = posix.dirname(part);
  const found = new Map<string, { type: string; target: string }>();
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  await readXml(zip.text(name), {
    open(tag, { Id, Type, Target, TargetMode }) {
      if (tag !== 'Relationship' || Id === undefined || Target === undefined || TargetMode === 'External')
        return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      found.set(Id, { type: (Type ?? '').split('/').at(-1)!, target });
    },
  });
  return {
    byType: (type) => [...found.values()].find((part) => part.type === type)?.target,
    byId: (id) => found.get(id),
  };
}

export interface Workbook {
  since1904: boolean;
  sheets: { name: string; hidden: boolean; id: string }[];
}

/** The names of the sheets in the order of their tabs. */
export async function readWorkbook(zip: BoundedZip, part: string): Promise<Workbook> {
  const workbook: Workbook = { since1904: false, sheets: [] };
  await readXml(zip.text(part), {
    open(tag, attributes) {
      if (tag === 'workbookPr') workbook.since1904 = /^(1|true)$/u.test(attributes['date1904'] ?? '');
      const id = tag === 'sheet' ? relationshipId(attributes) : undefined;
      if (id === undefined) return;
      const hidden = (attributes['state'] ?? 'visible') !== 'visible';
      workbook.sheets.push({ name: attributes['name'] ?? `Sheet${workbook.sheets.length + 1}`, hidden, id });
    },
  });
  return workbook;
}
