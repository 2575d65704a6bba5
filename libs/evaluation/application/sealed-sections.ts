import type { SealedTexts } from '#libs/database/sealed-texts.js';
import type { Sealed } from '../domain/events.js';
import { readSection } from '../snapshot/differences.js';
import type { Entry } from '../snapshot/entry.js';
import { refuse } from '../domain/refusal-codes.js';

/** A section of a sealed snapshot, whole: for sections that are short. @throws Refusal `evaluation.snapshotLost` */
export async function sectionOf(texts: SealedTexts, { sections }: Sealed, name: string): Promise<Entry[]> {
  const digest = sections.find((section) => section.name === name)?.digest;
  const entries: Entry[] = [];
  for await (const entry of readSection(name, digest, (each) => texts.entries(each))) entries.push(entry);
  return entries;
}

/** Whether what is stored is what was sealed. @throws Refusal `evaluation.snapshotLost` | `evaluation.snapshotAltered` */
export async function assertIntact(texts: SealedTexts, { sections }: Sealed): Promise<void> {
  for (const { name, digest } of sections) {
    const found = await texts.examine(digest);
    if (!found)
      refuse('evaluation.snapshotLost', `快照的“${name}”部分不在数据库中`, { section: name, digest });
    else if (found.digest !== digest) {
      const message = `快照的“${name}”部分已被改动：封存时摘要 ${digest}，现为 ${found.digest}`;
      refuse('evaluation.snapshotAltered', message, { section: name, sealed: digest, found: found.digest });
    }
  }
}
