import pg from 'pg';
import { jsonMembers } from '#libs/kernel/json-members.js';
import { makePosition, type Json, type JsonObject, type Position, type StoredEvent } from '../port.js';

/** Columns of `sql/read-page.sql`, in order. */
const [POSITION, STREAM, REVISION, ID, TYPE, DATA, METADATA] = [0, 1, 2, 3, 4, 5, 6] as const;
/** Of binary COPY: signature and flags, then how much more stands before the first row. */
const HEADER = 11 + 4;
const COLUMN_COUNT = 2;
const LENGTH = 4;
const FIRST_BYTES = 1 << 18;

export type CopyParameter = number | readonly string[];

/**
 * Reads a page with binary COPY. Its events stay in its bytes, out of the garbage collector's sight, and of one that a
 * projection passes over nothing is decoded but the type: to read ahead by rows took a quarter more of processor time.
 * @param select with the columns of an event; COPY takes no parameters, they are written into it
 */
export async function copyPage(
  pool: pg.Pool,
  select: string,
  values: readonly CopyParameter[],
  storeId: string,
): Promise<{ events: StoredEvent[]; size: number }> {
  const text = select.replace(/\$(\d)/gu, (_, n: string) => literal(values[Number(n) - 1]!));
  const copy = new CopyOut(`copy (${text}) to stdout (format binary)`);
  // The types take it for a stream, which a pool gives back at once; it waits for a query.
  await (pool.query(copy) as unknown as Promise<unknown>);
  return { events: [...eventsIn(copy.copied, storeId)], size: copy.copied.length };
}

function literal(value: CopyParameter): string {
  return typeof value === 'number' ? String(value) : `array[${value.map(pg.escapeLiteral).join(', ')}]`;
}

/** The driver's query, which leaves what COPY sends to whoever wants it. */
class CopyOut extends pg.Query {
  private bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private size = 0;

  /** @param message whose chunk is a part of the driver's buffer, which the driver will write over */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const size = this.size + chunk.length;
    if (size > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * size);
      this.bytes.copy(larger, 0, 0, this.size);
      this.bytes = larger;
    }
    chunk.copy(this.bytes, this.size);
    this.size = size;
  }

  get copied(): Buffer {
    return this.bytes.subarray(0, this.size);
  }
}

function* eventsIn(page: Buffer, storeId: string): Generator<StoredEvent, void, undefined> {
  let at = HEADER + LENGTH + page.readInt32BE(HEADER);
  while (page.readInt16BE(at) > 0) {
    const start = at + COLUMN_COUNT;
    at = behind(page, start, METADATA + 1);
    yield new CopiedEvent(page, start, storeId);
  }
}

/** Where the value behind so many others begins, with its length. */
function behind(page: Buffer, start: number, values: number): number {
  let at = start;
  for (let n = 0; n < values; n++) at += LENGTH + page.readInt32BE(at);
  return at;
}

/** Decoded whenever it is asked for, and not kept. Read it once. */
class CopiedEvent implements StoredEvent {
  readonly #page: Buffer;
  readonly #start: number;
  readonly #storeId: string;
  readonly type: string;

  constructor(page: Buffer, start: number, storeId: string) {
    this.#page = page;
    this.#start = start;
    this.#storeId = storeId;
    this.type = this.#text(TYPE);
  }

  get position(): Position {
    const at = this.#at(POSITION);
    return makePosition(this.#storeId, this.#page.toString('hex', at, at + 8));
  }

  get stream(): string {
    return this.#text(STREAM);
  }

  get revision(): number {
    return this.#page.readInt32BE(this.#at(REVISION));
  }

  get id(): string {
    const at = this.#at(ID);
    const hex = this.#page.toString('hex', at, at + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  get data(): JsonObject {
    return JSON.parse(this.#text(DATA)) as JsonObject;
  }

  get metadata(): JsonObject {
    return JSON.parse(this.#text(METADATA)) as JsonObject;
  }

  metadataMembers(names: readonly string[]): (Json | undefined)[] {
    const at = this.#at(METADATA);
    return jsonMembers(this.#page, at, at + this.#page.readInt32BE(at - LENGTH), names);
  }

  #at(column: number): number {
    return behind(this.#page, this.#start, column) + LENGTH;
  }

  #text(column: number): string {
    const at = this.#at(column);
    return this.#page.toString('utf8', at, at + this.#page.readInt32BE(at - LENGTH));
  }
}
