import { newId } from '#libs/kernel/ids.js';
import { StoreUnavailable } from '../errors.js';
import type { Connection } from './connection.js';
import { atLeader, readFailure } from './failures.js';
import { readRecords } from './reading.js';
import { OWN_PREFIX } from './records.js';

const STREAM = `${OWN_PREFIX}store`;

/**
 * The id of the store, made by the first process that asks: a stream that can be created only once holds it, so of
 * two that make one at the same time the second reads the first's. @throws StoreUnavailable
 */
export async function readStoreId(connection: Connection): Promise<string> {
  try {
    const known = await storedId(connection);
    if (known !== undefined) return known;
    const data = Buffer.from(JSON.stringify({ storeId: newId() }));
    const record = { id: newId(), type: 'StoreNamed', data, metadata: Buffer.from('{}') };
    await atLeader(() => connection.appendOnce({ stream: STREAM, behind: -1, records: [record] }));
    const made = await storedId(connection);
    if (made !== undefined) return made;
  } catch (error) {
    throw readFailure(error);
  }
  throw new StoreUnavailable(`EventStoreDB: ${STREAM} was written and cannot be read`);
}

async function storedId(connection: Connection): Promise<string | undefined> {
  for await (const record of readRecords(connection, STREAM, { limit: 1 })) {
    return (record.data as { storeId: string }).storeId;
  }
  return undefined;
}
