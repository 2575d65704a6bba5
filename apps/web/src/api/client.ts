import { actorHeaders } from '../state/actor.js';
import { addressOf } from './address.js';
import { isAbort, problemOf, unanswered } from './problem.js';
import { lastWrite } from './last-write.js';
import type {
  ReadAnswer,
  ReadPath,
  ReadQuery,
  SaveAnswer,
  SaveBody,
  SavePath,
  Schema,
  WriteAnswer,
  WriteBody,
  WritePath,
  WriteQuery,
} from './paths.js';

const READ_PATIENCE_MS = 20_000;
/** A write may wait for its turn; only after this is its outcome called unknown. */
const WRITE_PATIENCE_MS = 60_000;

interface Asked {
  path?: Record<string, string | number>;
  signal?: AbortSignal;
}

/**
 * A question. For a minute after a write it waits until the answer contains that write.
 * @throws ApiProblem; the browser's AbortError where `signal` says so
 */
export async function read<P extends ReadPath>(
  path: P,
  { query, path: parts, signal }: Asked & { query?: ReadQuery<P> } = {},
): Promise<ReadAnswer<P>> {
  const waitFor = lastWrite.position();
  const address = addressOf(path, parts, { ...(query as object), ...(waitFor !== undefined && { waitFor }) });
  return (await send(address, { method: 'GET' }, READ_PATIENCE_MS, signal)) as ReadAnswer<P>;
}

/**
 * A fact to be recorded. `key` is the Idempotency-Key: the same form sent twice is recorded once.
 * @throws ApiProblem
 */
export async function write<P extends WritePath>(
  path: P,
  {
    body,
    key,
    path: parts,
    signal,
    patienceMs = WRITE_PATIENCE_MS,
  }: Asked & { body: WriteBody<P>; key: string; patienceMs?: number },
): Promise<WriteAnswer<P>> {
  const headers = { ...actorHeaders(), 'idempotency-key': key, 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  return noted(await send(addressOf(path, parts), request, patienceMs, signal));
}

/**
 * Something that is worked on and no fact yet: a draft. Saving the same once more does no harm, so it has no key.
 * @throws ApiProblem
 */
export async function save<P extends SavePath>(
  path: P,
  { body, path: parts, signal }: Asked & { body: SaveBody<P> },
): Promise<SaveAnswer<P>> {
  const headers = { ...actorHeaders(), 'content-type': 'application/json' };
  const request = { method: 'PUT', headers, body: JSON.stringify(body) };
  return (await send(addressOf(path, parts), request, WRITE_PATIENCE_MS, signal)) as SaveAnswer<P>;
}

/**
 * One fact of a project, by the resource it is posted to; with `dryRun` the rules are asked and nothing is recorded.
 * @throws ApiProblem; the browser's AbortError where `signal` says so
 */
export async function recordFact({
  projectId,
  resource,
  body,
  key,
  dryRun,
  signal,
}: {
  projectId: string;
  resource: string;
  body: Readonly<Record<string, unknown>>;
  key: string;
  dryRun?: true;
  signal?: AbortSignal;
}): Promise<Schema<'Recorded'>> {
  const address = addressOf(`/api/v1/projects/{projectId}/${resource}`, { projectId }, { dryRun });
  const headers = { ...actorHeaders(), 'idempotency-key': key, 'content-type': 'application/json' };
  return noted(
    await send(address, { method: 'POST', headers, body: JSON.stringify(body) }, WRITE_PATIENCE_MS, signal),
  );
}

/** A file as multipart, with what is said of it in the query. @throws ApiProblem */
export async function upload<P extends WritePath>(
  path: P,
  { form, query, signal }: { form: FormData; query?: WriteQuery<P>; signal?: AbortSignal },
): Promise<WriteAnswer<P>> {
  const request = { method: 'POST', headers: actorHeaders(), body: form };
  return noted(
    await send(addressOf(path, {}, { ...(query as object) }), request, WRITE_PATIENCE_MS * 10, signal),
  );
}

/** Remembers where the write went, for the questions that follow it. */
function noted<Answer>(answer: unknown): Answer {
  const { position, recordedPosition } = (answer ?? {}) as Record<'position' | 'recordedPosition', unknown>;
  // A reconciliation's own `position` is that of the ledger it saw.
  const written = recordedPosition === undefined ? position : recordedPosition;
  if (typeof written === 'string') lastWrite.note(written);
  return answer as Answer;
}

async function send(
  address: string,
  request: RequestInit,
  patienceMs: number,
  signal?: AbortSignal,
): Promise<unknown> {
  const timeout = AbortSignal.timeout(patienceMs);
  try {
    const response = await fetch(address, {
      ...request,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const body: unknown = await response.json().catch((error: unknown) => {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    });
    if (!response.ok) throw problemOf(response.status, body);
    return body;
  } catch (error) {
    if (isAbort(error) && !timeout.aborted) throw error;
    throw error instanceof TypeError || error instanceof DOMException ? unanswered(timeout.aborted) : error;
  }
}
