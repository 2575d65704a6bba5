import { CommandReused, OutcomeUnknown } from '#libs/event-store/errors.js';
import type { EventStore, Position } from '#libs/event-store/port.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';
import { decodeFundPlanEvent, encodeFundPlanEvent, type RecordedFundPlanEvent } from '../domain/codec.js';
import { fundPlanDecider, type FundPlanCommand } from '../domain/decider.js';
import { fundPlanStream } from '../domain/events.js';
import type { FundPlanState } from '../domain/state.js';

/** How often a command is decided again after another writer was first: many projects draw on one document. */
const TRIES = 64;

export interface FundPlanHistory {
  state: FundPlanState;
  /** -1 for a document that is not recorded. */
  revision: number;
  events: readonly RecordedFundPlanEvent[];
}

/** Who does what, and when; the book adds the ids. */
export type Circumstances = Pick<
  Envelope,
  'actor' | 'effectiveDate' | 'evidence' | 'correlationId' | 'causationId'
>;

/** What became of a command: nothing changed where it was so already. */
export interface FundPlanOutcome {
  outcome: 'recorded' | 'repeated' | 'unchanged';
  revision: number;
  /** Of the event that made it so, or of one behind it; undefined where the document is not recorded. */
  position: Position | undefined;
}

/** The streams of plan documents: load → fold → decide → append, one writer at a time by the expected revision. */
export class FundPlanBook {
  constructor(
    private readonly store: EventStore,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async read(planId: string): Promise<FundPlanHistory> {
    const events: RecordedFundPlanEvent[] = [];
    let state = fundPlanDecider.initialState();
    for await (const stored of this.store.readStream(fundPlanStream(planId))) {
      const event = decodeFundPlanEvent(stored);
      state = fundPlanDecider.evolve(state, event);
      events.push(event);
    }
    return { state, revision: events.length - 1, events };
  }

  /**
   * @param commandIdFor names what is done, given what the document holds: the same for a repeated try
   * @throws Refusal, CommandReused, RevisionConflict, StoreUnavailable, OutcomeUnknown
   */
  async perform(
    planId: string,
    command: FundPlanCommand,
    circumstances: Circumstances,
    commandIdFor: (history: FundPlanHistory) => string,
  ): Promise<FundPlanOutcome> {
    const { actor, effectiveDate, evidence } = circumstances;
    const digest = digestOf({ type: command.type, data: command.data, actor, effectiveDate, evidence });
    for (let attempt = 1; ; attempt += 1) {
      const history = await this.read(planId);
      const commandId = commandIdFor(history);
      const earlier = history.events.findLast(({ envelope }) => envelope.commandId === commandId);
      if (earlier) return repeated(earlier, digest);
      const decided = fundPlanDecider.decide(command, history.state);
      if (decided.length === 0) {
        const position = history.events.at(-1)?.position as Position | undefined;
        return { outcome: 'unchanged', revision: history.revision, position };
      }
      const recordedAt = this.now().toISOString();
      const envelope = { ...circumstances, commandId, commandDigest: digest, recordedAt };
      try {
        const [result] = await this.store.append([
          {
            stream: fundPlanStream(planId),
            expected: history.revision < 0 ? 'none' : history.revision,
            events: decided.map((event, n) =>
              encodeFundPlanEvent(event, idFor(commandId, String(n)), envelope),
            ),
            command: { id: commandId, digest },
          },
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
}

function repeated({ envelope, revision, position }: RecordedFundPlanEvent, digest: string): FundPlanOutcome {
  if (envelope.commandDigest !== digest) throw reused(envelope.commandId);
  return { outcome: 'repeated', revision, position: position as Position };
}

function reused(commandId: string): Refusal {
  return new Refusal('command.reused', '同一请求编号已用于不同的内容，请换一个编号', { commandId });
}
