import { Refusal } from '#libs/kernel/refusal.js';
import { idFor } from '#libs/kernel/ids.js';
import { fitsSchema } from '../codec.js';
import type { CommandContext, ProjectCommand, ProjectCommands, ProjectCommandType } from '../commands.js';
import { projectDecider } from '../decider.js';
import type { ProjectEvent } from '../events.js';
import type { DatedProjectEvent } from '../recorded-event.js';
import type { ProjectRefusalCode } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';

/** The day on which every specification takes place, unless it says otherwise. */
export const TODAY = '2026-11-22';

/** The id of the nth event of a specification, counted from 0 as in a stream. */
export const eventId = (n: number): string => idFor('specification', String(n));

/** A command with its data, in force on `effectiveDate`. */
export function command<T extends ProjectCommandType>(
  type: T,
  data: ProjectCommands[T],
  context: Partial<CommandContext> = {},
): ProjectCommand {
  return { type, data, context: { effectiveDate: TODAY, today: TODAY, ...context } } as ProjectCommand;
}

/** Folds commands that must all be accepted, and keeps what they recorded. */
export class History {
  readonly events: DatedProjectEvent[] = [];
  private readonly folded: ProjectState = projectDecider.initialState();

  /** @throws Refusal */
  take(given: ProjectCommand): ProjectEvent[] {
    const decided = projectDecider.decide(given, this.folded);
    for (const event of decided) {
      const { effectiveDate } = given.context;
      const dated: DatedProjectEvent = { ...event, id: eventId(this.events.length), effectiveDate };
      this.events.push(dated);
      projectDecider.evolve(this.folded, dated);
    }
    return decided;
  }

  get state(): ProjectState {
    return this.folded;
  }
}

/** `given(commands).when(command).thenEvents(…)` or `.thenRefused(code, details)`. */
export function given(...commands: ProjectCommand[]) {
  const history = new History();
  for (const each of commands) history.take(each);
  return {
    history,
    when: (asked: ProjectCommand) => ({
      /** The very events, each fit to be stored. */
      thenEvents: (...expected: ProjectEvent[]) => {
        const events = history.take(asked);
        expect(events).toEqual(expected);
        for (const { type, data } of events) expect([type, fitsSchema(type, data)]).toEqual([type, true]);
      },
      /** It is accepted and records events of these types. */
      thenRecords: (...types: ProjectEvent['type'][]) => {
        const events = history.take(asked);
        expect(events.map(({ type }) => type)).toEqual(types);
        for (const { type, data } of events) expect([type, fitsSchema(type, data)]).toEqual([type, true]);
      },
      /** Nothing recorded; the message holds `words`, the details those given. */
      thenRefused: (code: ProjectRefusalCode, details: Record<string, unknown> = {}, words = '') => {
        const refusal = refusalOf(() => history.take(asked));
        expect(refusal?.code).toBe(code);
        expect(refusal?.details).toMatchObject(details);
        expect(refusal?.message).toContain(words);
      },
    }),
  };
}

/** @returns what was thrown; undefined where nothing was. @throws whatever is not a Refusal */
function refusalOf(act: () => unknown): Refusal | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
