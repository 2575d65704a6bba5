import type { ExpectedRevision } from './expected-revision.js';

/** Another writer was first, or the stream is not in the expected state. Read again and decide again. */
export class RevisionConflict extends Error {
  readonly code = 'store.revisionConflict';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    /** The stream's last revision; undefined where it does not exist. */
    readonly actual: number | undefined,
  ) {
    super(`stream ${stream}: expected ${expected}, is at ${actual ?? 'none'}`);
    this.name = 'RevisionConflict';
  }
}

/** The command id was used before, for something else. */
export class CommandReused extends Error {
  readonly code = 'store.commandReused';
  constructor(readonly commandId: string) {
    super(`command ${commandId} was used before with other content`);
    this.name = 'CommandReused';
  }
}

/** The store could not be reached; nothing was stored. Safe to try again. */
export class StoreUnavailable extends Error {
  readonly code: string = 'store.unavailable';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** The store knows the caller not, or gives it no rights: somebody has to put that right. Nothing was stored. */
export class AccessDenied extends StoreUnavailable {
  override readonly code = 'store.accessDenied';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AccessDenied';
  }
}

/** The connection was lost after the write was sent: it may or may not be stored. Repeat with the same command id. */
export class OutcomeUnknown extends Error {
  readonly code = 'store.outcomeUnknown';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutcomeUnknown';
  }
}

/** A position of another store was given: its order means nothing here. */
export class ForeignPosition extends Error {
  readonly code = 'store.foreignPosition';
  constructor(
    readonly storeId: string,
    readonly foreignStoreId: string,
  ) {
    super(`position belongs to store ${foreignStoreId}, this is ${storeId}`);
    this.name = 'ForeignPosition';
  }
}

/** The call itself is wrong: a limit is passed, a name or an id has no legal form. Nothing was stored. */
export class InvalidAppend extends Error {
  readonly code = 'store.invalidAppend';
  constructor(message: string) {
    super(message);
    this.name = 'InvalidAppend';
  }
}
