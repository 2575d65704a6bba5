import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from } from 'pg-copy-streams';

export type CopyValue = string | number | null;

/** How COPY's text format writes null. */
export const NULL = '\\N';

const SPECIAL = /[\\\n\r\t]/u;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One row in COPY's text format, with its line end. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = copyField(values[0]!);
  for (let i = 1; i < values.length; i++) line += '\t' + copyField(values[i]!);
  return line + '\n';
}

/** One value as COPY's text format writes it. */
export function copyField(value: CopyValue): string {
  if (value === null) return NULL;
  if (typeof value === 'number') return String(value);
  return SPECIAL.test(value) ? value.replace(/[\\\n\r\t]/gu, (c) => ESCAPES[c]!) : value;
}

/** Writes rows with COPY, twice as fast as `unnest`. Nothing is sent for no rows. `table` and `columns` are ours, never input. */
export async function copyRows(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  lines: string,
): Promise<void> {
  await copyLines(client, table, columns, [lines]);
}

/** Bytes that are sent at once: few enough that the database is not kept waiting for the first. */
const PART = 1 << 17;
/** Of a character in UTF-8, at most. */
const BYTES = 3;

/**
 * The same, while the lines are made: the database reads some while the next are spelled. What making them throws ends
 * the COPY, and comes out again.
 */
export async function copyLines(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  lines: Iterable<string>,
): Promise<void> {
  let stream: CopyStream | undefined;
  let written: Promise<void> | undefined;
  try {
    for (const part of partsOf(lines)) {
      if (!stream) {
        stream = client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`));
        written = finished(stream);
      }
      await Promise.race([written, sent(stream, part)]);
    }
    stream?.end();
  } catch (error) {
    stream?.destroy(error as Error);
    await written?.catch(() => undefined);
    throw error;
  }
  await written;
}

/** Short lines are encoded one by one: to join them first, and encode what is joined, takes half as long again. */
function* partsOf(lines: Iterable<string>): Generator<Buffer, void, undefined> {
  let part = Buffer.allocUnsafe(PART);
  let size = 0;
  for (const line of lines) {
    const most = line.length * BYTES;
    if (size + most > PART && size > 0) {
      yield part.subarray(0, size);
      part = Buffer.allocUnsafe(PART);
      size = 0;
    }
    if (most > PART) yield Buffer.from(line);
    else size += part.write(line, size);
  }
  if (size > 0) yield part.subarray(0, size);
}

type CopyStream = ReturnType<typeof from>;

/** When the connection has room for more; where the COPY fails, never. */
function sent(stream: CopyStream, part: Buffer): Promise<void> {
  return new Promise((resolve) => void stream.write(part, () => resolve()));
}
