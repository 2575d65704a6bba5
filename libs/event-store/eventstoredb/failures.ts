import { convertToCommandError, ErrorType, isCommandError, NotLeaderError } from '@eventstore/db-client';
import { OutcomeUnknown, StoreUnavailable } from '../errors.js';

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
    'Server Is (?:Not Ready|Too Busy)',
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

export function isRefusal(error: unknown): boolean {
  const known = named(error);
  return isCommandError(known) && REFUSALS.has(known.type);
}

/** What a failure means to the caller where no write of events is open. */
export function readFailure(error: unknown): Error {
  if (error instanceof StoreUnavailable || error instanceof OutcomeUnknown) return error;
  if (isRefusal(error)) return named(error);
  return new StoreUnavailable(`EventStoreDB: ${named(error).message}`, { cause: error });
}

/** What a failed write means to the caller: nothing was stored, or nobody knows. */
export function writeFailure(error: unknown): Error {
  if (isRefusal(error)) return named(error);
  const { message } = named(error);
  const Failure = NEVER_STORED.test(message) ? StoreUnavailable : OutcomeUnknown;
  return new Failure(`EventStoreDB: ${message}`, { cause: error });
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
