import { Refusal } from '#libs/kernel/refusal.js';
import type { Actor } from '#libs/projects/domain/envelope.js';

/** What people have done about a finding; each is also the name of its last step. */
export const HANDLING_STATES = {
  open: '待处理',
  explained: '已说明',
  waived: '已豁免',
  rectified: '已整改',
  closed: '已销号',
} as const;
export type HandlingState = keyof typeof HANDLING_STATES;
export type StepKind = Exclude<HandlingState, 'open'>;

/** What each step says. `basis` is the digest of the failure it is about: once the facts change, it speaks no more. */
export interface StepData {
  explained: { explanation: string };
  waived: { reason: string; authority: string; documentNumber?: string };
  rectified: { measures: string };
  closed: { note: string };
}
export type HandlingStep = { [K in StepKind]: { kind: K; said: StepData[K] } }[StepKind] & {
  basis: string;
};

/** The finding as its handling sees it: the last thing done, and by whom. */
export interface Handling {
  last: { kind: StepKind; basis: string; by: Actor } | undefined;
}
export const initialHandling = (): Handling => ({ last: undefined });

export function evolveHandling(_before: Handling, { kind, basis }: HandlingStep, by: Actor): Handling {
  return { last: { kind, basis, by } };
}

/** Where the handling stands for this basis: what was done about other facts does not count. */
export function stateFor({ last }: Handling, basis: string): HandlingState {
  return last?.basis === basis ? last.kind : 'open';
}

/** Which steps may follow which. */
const ALLOWED: Record<StepKind, readonly HandlingState[]> = {
  explained: ['open', 'explained'],
  waived: ['open', 'explained', 'rectified'],
  rectified: ['open', 'explained', 'rectified'],
  closed: ['rectified'],
};

/** @throws Refusal `finding.illegalStep` | `finding.samePerson` */
export function assertMayFollow(step: HandlingStep, handling: Handling, actor: Actor): void {
  const state = stateFor(handling, step.basis);
  if (!ALLOWED[step.kind].includes(state)) {
    const message = `疑点${HANDLING_STATES[state]}，不能登记为${HANDLING_STATES[step.kind]}`;
    throw new Refusal('finding.illegalStep', message, { state, step: step.kind });
  }
  const by = handling.last?.by;
  if (step.kind === 'closed' && by?.user === actor.user && by.unit === actor.unit) {
    throw new Refusal('finding.samePerson', '整改登记人不能自己销号，须由另一人办理', { user: actor.user });
  }
}
