import { createHash, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { DataSource, QueryRunner } from 'typeorm';
import { canonicalJson } from '#libs/kernel/canonical.js';
import { Turns } from '#libs/kernel/turns.js';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** Characters of a piece: what is in memory at a time, and what is read to see one entry. */
const PIECE_CHARACTERS = 512 * 1024;

/** What a stored text is: the canonical JSON (RFC 8785) of an array. */
export interface SealedText {
  /** SHA-256 over the text in UTF-8, in hex. */
  digest: string;
  bytes: number;
  entries: number;
}

/** Told every part of the text as it comes, for a digest over more than this text. */
export type OnText = (text: string) => void;

/**
 * Long arrays kept as their canonical text under its digest, in compressed pieces that each hold whole entries: written
 * and read piece by piece, so that memory does not grow with them. The same array is stored once.
 */
export class SealedTexts {
  constructor(private readonly database: DataSource) {}

  /** @throws what the database and `entries` throw; then nothing is stored */
  async write(entries: AsyncIterable<unknown>, onText: OnText = () => undefined): Promise<SealedText> {
    const writing = randomUUID();
    return this.inTransaction(async (runner) => {
      let no = 0;
      const text = await digestText(entries, onText, async (piece) => {
        await runner.query('insert into sealed.piece (writing, no, bytes) values ($1, $2, $3)', [
          writing,
          no++,
          await compress(piece, { level: 3 }),
        ]);
      });
      const stored = await runner.manager.query<unknown[]>(
        `insert into sealed.text (digest, writing, bytes, entries) values ($1, $2, $3, $4)
         on conflict (digest) do nothing returning digest`,
        [text.digest, writing, text.bytes, text.entries],
      );
      return { result: text, keep: stored.length > 0 };
    });
  }

  /** The entries in their order; undefined where no text of this digest is stored. */
  async entries(digest: string): Promise<AsyncGenerator<unknown> | undefined> {
    const pieces = await this.pieces(digest);
    return pieces && entriesOf(pieces);
  }

  /** The text in parts, as it was written. */
  async text(digest: string): Promise<AsyncGenerator<string> | undefined> {
    const pieces = await this.pieces(digest);
    return pieces && textOf(pieces);
  }

  /** What is stored under this digest really is; undefined where nothing is. Another digest: it was altered. */
  async examine(digest: string): Promise<{ digest: string } | undefined> {
    const text = await this.text(digest);
    if (!text) return undefined;
    const hash = createHash('sha256');
    for await (const part of text) hash.update(part);
    return { digest: hash.digest('hex') };
  }

  private async pieces(digest: string): Promise<AsyncGenerator<string> | undefined> {
    const [found] = await this.database.query<{ writing: string }[]>(
      'select writing from sealed.text where digest = $1',
      [digest],
    );
    return found && this.piecesOf(found.writing);
  }

  private async *piecesOf(writing: string): AsyncGenerator<string> {
    for (let no = 0; ; no += 1) {
      const [piece] = await this.database.query<{ bytes: Buffer }[]>(
        'select bytes from sealed.piece where writing = $1 and no = $2',
        [writing, no],
      );
      if (!piece) return;
      yield (await expand(piece.bytes)).toString('utf8');
    }
  }

  private async inTransaction<T>(
    work: (runner: QueryRunner) => Promise<{ result: T; keep: boolean }>,
  ): Promise<T> {
    const runner = this.database.createQueryRunner();
    try {
      await runner.startTransaction();
      const { result, keep } = await work(runner);
      await (keep ? runner.commitTransaction() : runner.rollbackTransaction());
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** Makes the canonical text of the array, piece by piece, and its digest; `onPiece` is given entries joined by commas. */
export async function digestText(
  entries: AsyncIterable<unknown>,
  onText: OnText = () => undefined,
  onPiece: (piece: string) => Promise<void> = () => Promise.resolve(),
): Promise<SealedText> {
  const hash = createHash('sha256');
  const turns = new Turns();
  let [bytes, count] = [0, 0];
  const tell = (text: string): void => {
    hash.update(text);
    bytes += Buffer.byteLength(text);
    onText(text);
  };
  let held: string[] = [];
  let characters = 0;
  let first = true;
  const flush = async (): Promise<void> => {
    if (held.length === 0) return;
    const piece = held.join(',');
    tell(first ? piece : `,${piece}`);
    first = false;
    held = [];
    characters = 0;
    await onPiece(piece);
  };
  tell('[');
  for await (const entry of entries) {
    const text = canonicalJson(entry);
    held.push(text);
    characters += text.length;
    count += 1;
    if (characters >= PIECE_CHARACTERS) await flush();
    await turns.handOver();
  }
  await flush();
  tell(']');
  return { digest: hash.digest('hex'), bytes, entries: count };
}

async function* textOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let before = '[';
  for await (const piece of pieces) {
    yield before + piece;
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

async function* entriesOf(pieces: AsyncIterable<string>): AsyncGenerator<unknown> {
  for await (const piece of pieces) yield* JSON.parse(`[${piece}]`) as unknown[];
}
