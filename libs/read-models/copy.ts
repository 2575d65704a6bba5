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
  await copyParts(client, table, columns, [lines]);
}

/**
 * The same in parts that are made while it is written: the database reads one while the next is spelled. What making
 * them throws ends the COPY, and comes out again.
 */
export async function copyParts(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  parts: Iterable<string>,
): Promise<void> {
  let stream: CopyStream | undefined;
  let written: Promise<void> | undefined;
  try {
    for (const lines of parts) {
      if (lines === '') continue;
      if (!stream) {
        stream = client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`));
        written = finished(stream);
      }
      await Promise.race([written, sent(stream, lines)]);
    }
    stream?.end();
  } catch (error) {
    stream?.destroy(error as Error);
    await written?.catch(() => undefined);
    throw error;
  }
  await written;
}

type CopyStream = ReturnType<typeof from>;

/** When the connection has room for more; where the COPY fails, never. */
function sent(stream: CopyStream, lines: string): Promise<void> {
  return new Promise((resolve) => void stream.write(lines, () => resolve()));
}
