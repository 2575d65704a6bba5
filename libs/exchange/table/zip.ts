import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { Refusal } from '#libs/kernel/refusal.js';
import type { TableLimits } from './limits.js';

/** A zip archive in memory whose entries are inflated one at a time and never beyond the limits. */
export class BoundedZip {
  private inflated = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: TableLimits,
  ) {}

  /** @throws Refusal `import.notWorkbook` | `import.encrypted` | `import.zipBomb` */
  static async open(bytes: Uint8Array, limits: TableLimits): Promise<BoundedZip> {
    try {
      const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
        lazyEntries: true,
        validateEntrySizes: true,
      });
      return new BoundedZip(zip, await directory(zip, limits), limits);
    } catch (error) {
      throw damaged('压缩包不完整或已损坏', error);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** Inflates an entry as UTF-8 text, piece by piece. @throws Refusal `import.zipBomb` | `import.notWorkbook` */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry) throw notWorkbook(`缺少部件 ${name}`);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const chunk of await this.zip.openReadStreamPromise(entry)) {
        const bytes = chunk as Buffer;
        this.inflated += bytes.length;
        if (this.inflated > this.limits.inflatedBytes) throw bomb(this.limits);
        yield decoder.decode(bytes, { stream: true });
      }
      yield decoder.decode();
    } catch (error) {
      throw damaged(`部件 ${name} 已损坏，或不是 UTF-8 文字`, error);
    }
  }
}

async function directory(zip: ZipFile, limits: TableLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.zipEntries) throw bomb(limits);
  const entries = new Map<string, Entry>();
  let declared = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw encrypted();
    declared += entry.uncompressedSize;
    const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1);
    const inflates = entry.uncompressedSize > limits.ratioFromBytes && ratio > limits.inflationRatio;
    if (declared > limits.inflatedBytes || inflates) throw bomb(limits);
    entries.set(entry.fileName.toLowerCase(), entry);
  }
  return entries;
}

export function encrypted(): Refusal {
  return new Refusal('import.encrypted', '工作簿已加密，请取消打开密码、另存后再导入');
}

/** @param cause what a library said of it, in its own words */
export function notWorkbook(why: string, cause?: string): Refusal {
  const details = { why, ...(cause !== undefined && { cause }) };
  return new Refusal('import.notWorkbook', `文件不是可读取的 .xlsx 工作簿或 .csv 文件（${why}）`, details);
}

function bomb(limits: TableLimits): Refusal {
  const megabytes = limits.inflatedBytes / 1024 / 1024;
  return new Refusal('import.zipBomb', `工作簿解压后超过上限（${megabytes} MB）或压缩比异常，已拒绝读取`, {
    inflatedBytes: limits.inflatedBytes,
    inflationRatio: limits.inflationRatio,
    entries: limits.zipEntries,
  });
}

/** What yauzl and zlib say about damaged archives is for programmers; people need to know the file is damaged. */
function damaged(why: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return notWorkbook(why, error instanceof Error ? error.message : String(error));
}
