import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { pipeline, type Readable } from 'node:stream';
import { Refusal } from '#libs/kernel/refusal.js';
import type { KeyObject } from '#libs/kernel/signing.js';
import { BundleCheck } from '../domain/bundle-check.js';
import { readBundleLine, type BundleHeader } from '../domain/bundle.js';
import type { ChainPlace } from '../domain/link.js';
import { problem, Problems } from '../domain/problems.js';
import { sealedIn } from './sealed-check.js';
import { readPublicKeys } from './signing-key.js';
import { firstPlaceOf, NO_TABLES, verification, type Verification } from './verification.js';

export interface BundleVerification extends Verification {
  readonly scope: BundleHeader['scope'];
  readonly madeAt: string;
  /** Events of which only the digest is in the bundle. */
  readonly withheld: number;
  /** The keys came with the bundle itself: their fingerprint must be compared with the published one. */
  readonly keysOfBundle: boolean;
}

/** An event has at most 1 MB, a part of a sealed text less than that before JSON escapes it. */
const LONGEST_LINE_BYTES = 8 * 1024 * 1024;

/**
 * Checks a bundle with nothing but the file. Whatever it holds, it is read as a stream of bounded lines.
 * @param keys of a file of one's own; left out: those of the bundle
 * @throws Refusal `bundle.notOne` where the file does not begin as a bundle, `chain.badPublicKey`
 */
export async function verifyBundle(
  file: string,
  keys: ReadonlyMap<string, KeyObject> | undefined,
  onProgress: (bytes: number, of: number) => void = () => undefined,
): Promise<BundleVerification> {
  const problems = new Problems();
  const lines = linesOf(await opened(file), onProgress);
  const first = await lines.next().catch(() => undefined);
  const head = typeof first?.value === 'string' ? readBundleLine(first.value) : undefined;
  if (head?.kind !== 'header')
    throw new Refusal('bundle.notOne', '文件不是台账证据包（taizhang-bundle-1）', { file });
  const { header } = head;
  const usedKeys = keys ?? readPublicKeys(header.publicKeys);
  const check = new BundleCheck(header, usedKeys, problems, (event) =>
    sealedIn(event).map(({ digest }) => digest),
  );
  try {
    let n = 1;
    for await (const text of lines) {
      n += 1;
      const line = readBundleLine(text);
      if (line && line.kind !== 'header') check.take(line);
      else problems.add(malformed(check.place.sequence + 1, `第 ${n} 行无法识别`));
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    problems.add(
      malformed(check.place.sequence + 1, `第 ${check.place.sequence} 条事件之后无法读取：${why}`),
    );
  }
  const anchors = check.finish(() => firstPlaceOf(problems, /^(?:event|chain|store|bundle)\./u));
  return {
    ...verification(problems, {
      storeId: header.storeId,
      events: check.place.sequence,
      head: check.place.hash,
      unchained: 0,
      anchors,
      keyFingerprints: [...usedKeys.keys()],
      tables: NO_TABLES,
      sealed: check.sealedTexts,
    }),
    scope: header.scope,
    madeAt: header.madeAt,
    withheld: check.withheld,
    keysOfBundle: keys === undefined,
  };
}

/**
 * The places of the chain in a bundle that holds, one by one.
 * @throws Refusal `cli.fileUnreadable`, and an error where the file no longer is what was verified
 */
export async function* placesOf(file: string): AsyncGenerator<ChainPlace, void, undefined> {
  for await (const text of linesOf(await opened(file), () => undefined)) {
    const line = readBundleLine(text);
    if (line?.kind === 'event') yield line.line;
  }
}

const malformed = (sequence: number, message: string) => problem('bundle.malformed', { sequence, message });

interface Opened {
  readonly bytes: Readable;
  /** Of the file. */
  readonly size: number;
  readonly read: () => number;
}

async function opened(file: string): Promise<Opened> {
  const handle = await open(file).catch((error: unknown) => {
    const why = (error as { code?: string }).code === 'ENOENT' ? '文件不存在' : '文件无法读取';
    throw new Refusal('cli.fileUnreadable', `无法读取“${file}”：${why}`, { file });
  });
  const magic = Buffer.alloc(2);
  await handle.read(magic, 0, 2, 0);
  const { size } = await handle.stat();
  await handle.close();
  const raw = createReadStream(file);
  const zipped = magic[0] === 0x1f && magic[1] === 0x8b;
  // The error, if there is one, comes out of the stream that is read.
  const bytes = zipped ? pipeline(raw, createGunzip(), () => undefined) : raw;
  return { bytes, size, read: () => raw.bytesRead };
}

async function* linesOf(
  { bytes, size, read }: Opened,
  onProgress: (bytes: number, of: number) => void,
): AsyncGenerator<string, void, undefined> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    onProgress(read(), size);
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      held.push(chunk.subarray(from, end));
      yield Buffer.concat(held).toString('utf8');
      held = [];
      length = 0;
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    length += rest.length;
    if (length > LONGEST_LINE_BYTES) throw new Error(`一行超过 ${LONGEST_LINE_BYTES} 字节`);
    if (rest.length > 0) held.push(rest);
  }
  if (length > 0) yield Buffer.concat(held).toString('utf8');
}
