/** A stored event does not fit the schema it claims. Whoever counts money halts on it; nothing is guessed. */
export class EventUnreadable extends Error {
  readonly code = 'event.unreadable';
  constructor(
    readonly stream: string,
    readonly revision: number,
    readonly type: string,
    /** Where in the event, as a JSON pointer: `/data/amountFen`, `/metadata/actor/user`. */
    readonly path: string,
    readonly expected: string,
  ) {
    super(`event ${revision}@${stream} (${type}) is unreadable at ${path}: ${expected}`);
    this.name = 'EventUnreadable';
  }
}

/** An event about to be stored does not fit its schema: a fault of this program, caught before it becomes a fact. */
export class EventUnwritable extends Error {
  readonly code = 'event.unwritable';
  constructor(
    readonly type: string,
    readonly path: string,
    readonly expected: string,
  ) {
    super(`event ${type} cannot be stored, at ${path}: ${expected}`);
    this.name = 'EventUnwritable';
  }
}
