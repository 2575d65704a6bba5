import type { ProjectCommands, ProjectCommandType } from '#libs/projects/domain/commands.js';
import type { DatedProjectEvent } from '#libs/projects/domain/recorded-event.js';

/** One command of a life, and the day its fact took effect. */
export type Step = {
  [T in ProjectCommandType]: { on: string; type: T; data: ProjectCommands[T] };
}[ProjectCommandType];

/** A life is told step by step; the teller is handed the events that each step led to. */
export type Story<R = void> = Generator<Step, R, DatedProjectEvent[]>;

export function* step<T extends ProjectCommandType>(
  on: string,
  type: T,
  data: ProjectCommands[T],
): Story<DatedProjectEvent[]> {
  return yield { on, type, data } as Step;
}
