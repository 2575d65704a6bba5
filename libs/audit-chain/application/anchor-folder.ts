import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { anchorFileName, anchorText, readAnchor, type Anchor } from '../domain/anchor.js';

/** A file of the folder that claims to be an anchor; `anchor` is undefined where it is not one. */
export interface AnchorFile {
  readonly name: string;
  readonly anchor: Anchor | undefined;
}

/** An anchor is less than 2 KiB; what is longer is none. */
const MOST_CHARACTERS = 16_384;

/** Anchors as files: what stays true when the database is rewritten, so copies of it belong on other machines. */
export class AnchorFolder {
  constructor(readonly folder: string) {}

  /** Writes the anchor's file; one that is there already is left alone. Returns its path. */
  async put(anchor: Anchor): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    const file = path.join(this.folder, anchorFileName(anchor));
    await writeFile(file, anchorText(anchor), { flag: 'wx' }).catch((error: unknown) => {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    });
    return file;
  }

  /** Every `.json` file of the folder, by name; none where there is no folder. */
  async read(): Promise<AnchorFile[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if ((error as { code?: string }).code === 'ENOENT') return [];
      throw error;
    });
    const files: AnchorFile[] = [];
    for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
      const text = await readFile(path.join(this.folder, name), 'utf8');
      files.push({ name, anchor: text.length > MOST_CHARACTERS ? undefined : readAnchor(text) });
    }
    return files;
  }
}
