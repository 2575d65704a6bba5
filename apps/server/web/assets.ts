import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Compressed forms beside a file, the better first: what the client calls them and how the file's name ends. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

export interface Asset {
  type: string;
  encoding: string | undefined;
  bytes: Buffer;
}

/**
 * The files of a build, by name: what was not there at the start is never looked for, so no name leads out of the
 * folder. Read once, when first asked for.
 */
export class Assets {
  private readonly files: ReadonlySet<string>;
  private readonly read = new Map<string, Promise<Buffer>>();

  constructor(private readonly folder: string) {
    this.files = new Set(readdirSync(folder));
  }

  /** In the best encoding that `acceptEncoding` names; undefined where there is no such asset. */
  async get(name: string, acceptEncoding = ''): Promise<Asset | undefined> {
    const type = TYPES[path.extname(name)];
    if (type === undefined || !this.files.has(name)) return undefined;
    const accepted = new Set(acceptEncoding.split(',').map((item) => item.trim().split(';')[0]));
    const found = ENCODINGS.find(([encoding, end]) => accepted.has(encoding) && this.files.has(name + end));
    const [encoding, end] = found ?? [undefined, ''];
    return { type, encoding, bytes: await this.bytes(name + end) };
  }

  private bytes(name: string): Promise<Buffer> {
    const reading = this.read.get(name) ?? readFile(path.join(this.folder, name));
    this.read.set(name, reading);
    return reading;
  }
}
