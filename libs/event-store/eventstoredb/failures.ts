import { convertToCommandError, ErrorType, isCommandError, NotLeaderError } from '@eventstore/db-client';
import { AccessDenied, OutcomeUnknown, StoreUnavailable } from '../errors.js';

/** The server understood and said no; asking again changes nothing. */
const REFUSALS: ReadonlySet<string> = new Set([
  ErrorType.ACCESS_DENIED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.MISSING_REQUIRED_METADATA_PROPERTY,
  ErrorType.STREAM_DELETED,
]);

/** Words of client and server for a call that never reached a log. All others leave the outcome of a write open. */
const NEVER_STORED = new RegExp(
  [
    'No connection established',
    'Name resolution failed',
    'Failed to discover',
    'Channel has been shut down',
    'Server Is (?:Not Ready|(?:Too )?Busy)',
    'No leader info available',
    'Leader info available',
  ].join('|'),
  'u',
);

const NOT_LEADER_ATTEMPTS = 3;

/** An error of the client as one of its classes; it throws plain errors with a gRPC code from some places. */
function named(error: unknown): Error {
  const plain = error instanceof Error ? error : new Error(String(error));
  return convertToCommandError(plain);
}

/** The store cannot be reached or broke off: it may answer again. A mistake of our own is no outage. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AccessDenied) return false;
  if (error instanceof StoreUnavailable || error instanceof OutcomeUnknown) return true;
  const known = named(error);
  if (isCommandError(known)) return !REFUSALS.has(known.type);
  return NEVER_STORED.test(known.message) || ('code' in known && known.code === 'ERR_STREAM_PREMATURE_CLOSE');
}

/** What a failure means to the caller where no write of events is open. */
export function readFailure(error: unknown): Error {
  if (error instanceof StoreUnavailable || error instanceof OutcomeUnknown) return error;
  if (!isOutage(error)) return refusal(named(error));
  return new StoreUnavailable(`EventStoreDB: ${named(error).message}`, { cause: error });
}

/** What a failed write means to the caller: nothing was stored, or nobody knows. */
export function writeFailure(error: unknown): Error {
  const known = named(error);
  const { message } = known;
  if (isCommandError(known) && REFUSALS.has(known.type)) return refusal(known);
  const Failure = NEVER_STORED.test(message) ? StoreUnavailable : OutcomeUnknown;
  return new Failure(`EventStoreDB: ${message}`, { cause: error });
}

function refusal(known: Error): Error {
  if (!isCommandError(known) || known.type !== ErrorType.ACCESS_DENIED) return known;
  return new AccessDenied(`EventStoreDB: ${known.message}`, { cause: known });
}

/** Runs again where the node was no leader: nothing was done, and the client has turned to the leader it named. */
export async function atLeader<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === NOT_LEADER_ATTEMPTS || !(named(error) instanceof NotLeaderError)) throw error;
    }
  }
}
