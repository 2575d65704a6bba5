import { hash } from 'node:crypto';
import type { AppendRequest, NewEvent } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { encodeProjectEvents } from '#libs/projects/domain/codec.js';
import type { ProjectCommand } from '#libs/projects/domain/commands.js';
import { projectDecider } from '#libs/projects/domain/decider.js';
import { projectStream } from '#libs/projects/domain/events.js';
import type { DatedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import { addDays, officeHour } from './calendar.js';
import type { Step, Story } from './life.js';
import type { Random } from './random.js';

/** The clerk of the made-up prefecture. */
export const SAMPLE_ACTOR = {
  user: '示例经办人',
  unit: '示例州示例发展改革委',
  role: 'DevelopmentReform',
  region: '990100',
} as const;
/** The one who closes its budget years. */
const SAMPLE_FINANCE = {
  user: '示例会计',
  unit: '示例州示例财政局',
  role: 'Finance',
  region: '990100',
} as const;

/**
 * Plays a story through the real decider until the day `until`: what the decider refuses cannot get in.
 * Facts are recorded up to nine days after they took effect, in the order they are told.
 * @throws Refusal where the story breaks a rule: a defect of the story
 */
export function recordLife(projectId: string, story: Story, random: Random, until: string): AppendRequest {
  const events: NewEvent[] = [];
  let state = projectDecider.initialState();
  let effective = '';
  let recordedAt = '';
  let steps = 0;
  let next = story.next();
  while (!next.done) {
    const told: Step = next.value;
    effective = told.on > effective ? told.on : effective;
    recordedAt = later(recordedAt, officeHour(addDays(effective, random.int(0, 9)), random.int(0, 480)));
    if (recordedAt.slice(0, 10) > until) break;
    const commandId = idFor('sample', projectId, String((steps += 1)));
    const context = { effectiveDate: effective, today: recordedAt.slice(0, 10) };
    const envelope = {
      commandId,
      commandDigest: digestOfText(JSON.stringify([told.type, told.data, effective])),
      actor: told.type === 'CloseBudgetYear' ? SAMPLE_FINANCE : SAMPLE_ACTOR,
      effectiveDate: effective,
      recordedAt,
      evidence: evidenceOf(told),
      correlationId: commandId,
      causationId: commandId,
    };
    const happened: DatedProjectEvent[] = [];
    const command = { type: told.type, data: told.data, context } as ProjectCommand;
    for (const event of projectDecider.decide(command, state)) {
      const dated = { ...event, id: idFor(commandId, String(happened.length)), effectiveDate: effective };
      state = projectDecider.evolve(state, dated);
      happened.push(dated);
    }
    events.push(...encodeProjectEvents(happened, envelope));
    next = story.next(happened);
  }
  const digest = digestOfText(events.map(({ id }) => id).join());
  return {
    stream: projectStream(projectId),
    expected: 'none',
    events,
    command: { id: idFor('sample', projectId, until), digest },
  };
}

/** The story spells the same content the same way each time, so its JSON needs no canonical form. */
function digestOfText(text: string): string {
  return hash('sha256', text);
}

function later(before: string, at: string): string {
  return at > before ? at : before;
}

function evidenceOf({ data }: Step): { documentNumber: string }[] {
  return 'documentNumber' in data ? [{ documentNumber: data.documentNumber }] : [];
}
