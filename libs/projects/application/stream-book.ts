import { CommandReused, OutcomeUnknown } from '#libs/event-store/errors.js';
import type { EventStore, NewEvent, Position, StoredEvent } from '#libs/event-store/port.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { Envelope } from '../domain/envelope.js';

/** How often a command is decided again after another writer was first. */
const TRIES = 16;

/** The rules of one kind of stream and how its events are written. */
export interface Book<State, Command, Event, Recorded extends Event & { envelope: Envelope }> {
  initialState(): State;
  decide(command: Command, state: State): Event[];
  evolve(state: State, event: Recorded): State;
  encode(event: Event, id: string, envelope: Omit<Envelope, 'schemaVersion'>): NewEvent;
  decode(stored: StoredEvent): Recorded;
}

export interface History<State, Recorded> {
  state: State;
  /** -1 for a stream that does not exist. */
  revision: number;
  events: readonly Recorded[];
}

/** Who does what, when and by which command; the digest is of the command. */
export type Circumstances = Pick<Envelope, 'commandId' | 'actor' | 'effectiveDate' | 'evidence'>;

/** What became of a command: nothing changed where it was so already. */
export interface BookOutcome {
  outcome: 'recorded' | 'repeated' | 'unchanged';
  revision: number;
  /** Of the last event of the command, or of the stream where it changed nothing. */
  position: Position | undefined;
}

/** Load → fold → decide → append on one stream, one writer at a time by the expected revision. */
export class StreamBook<State, Command, Event, Recorded extends Event & { envelope: Envelope }> {
  constructor(
    private readonly store: EventStore,
    private readonly book: Book<State, Command, Event, Recorded>,
    readonly now: () => Date = () => new Date(),
  ) {}

  async read(stream: string): Promise<History<State, Recorded>> {
    const events: Recorded[] = [];
    let state = this.book.initialState();
    for await (const stored of this.store.readStream(stream)) {
      const event = this.book.decode(stored);
      state = this.book.evolve(state, event);
      events.push(event);
    }
    return { state, revision: events.length - 1, events };
  }

  /**
   * @param said what the sender asked for: the same command id with other content is refused
   * @throws Refusal, RevisionConflict, StoreUnavailable, OutcomeUnknown
   */
  async perform(
    stream: string,
    command: Command,
    { commandId, actor, effectiveDate, evidence }: Circumstances,
    said: unknown,
  ): Promise<BookOutcome> {
    const digest = digestOf({ said, actor, evidence });
    for (let attempt = 1; ; attempt += 1) {
      const history = await this.read(stream);
      const earlier = this.earlier(history, commandId, digest);
      if (earlier) return earlier;
      const decided = this.book.decide(command, history.state);
      if (decided.length === 0) return outcomeOf('unchanged', history);
      const envelope = {
        commandId,
        commandDigest: digest,
        actor,
        effectiveDate,
        recordedAt: this.now().toISOString(),
        evidence,
        correlationId: commandId,
        causationId: commandId,
      };
      const events = decided.map((event, n) =>
        this.book.encode(event, idFor(commandId, String(n)), envelope),
      );
      try {
        const expected = history.revision < 0 ? 'none' : history.revision;
        const [result] = await this.store.append([
          { stream, expected, events, command: { id: commandId, digest } },
        ]);
        if (result!.outcome !== 'refused') {
          const outcome = result!.outcome === 'appended' ? 'recorded' : 'repeated';
          return { outcome, revision: result!.revision, position: result!.position };
        }
        if (result!.error instanceof CommandReused) throw reused(commandId);
        if (attempt >= TRIES) throw result!.error;
      } catch (error) {
        // Repeating is safe: the next try finds the event, or the store knows the command's id.
        if (!(error instanceof OutcomeUnknown) || attempt >= 2) throw error;
      }
    }
  }

  /** The answer where this command was recorded before. @throws Refusal `command.reused` */
  private earlier(
    history: History<State, Recorded>,
    commandId: string,
    digest: string,
  ): BookOutcome | undefined {
    const found = history.events.findLastIndex(({ envelope }) => envelope.commandId === commandId);
    if (found < 0) return undefined;
    if (history.events[found]!.envelope.commandDigest !== digest) throw reused(commandId);
    return outcomeOf('repeated', { revision: found, events: history.events.slice(0, found + 1) });
  }
}

function outcomeOf<Recorded>(
  outcome: BookOutcome['outcome'],
  { revision, events }: Pick<History<unknown, Recorded>, 'revision' | 'events'>,
): BookOutcome {
  const last = events.at(-1) as { position?: Position } | undefined;
  return { outcome, revision, position: last?.position };
}

function reused(commandId: string): Refusal {
  return new Refusal('command.reused', '同一请求编号已用于不同的内容，请换一个编号', { commandId });
}
