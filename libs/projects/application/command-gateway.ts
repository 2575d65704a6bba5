import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { newId } from '#libs/kernel/ids.js';
import { isPartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { Actor, Evidence } from '../domain/envelope.js';
import type { Rehearsal } from './project-recorder.js';
import { RecordProjectFact, RehearseProjectFact } from './record-project-fact.js';
import type { ProjectIntent, ProjectSubmission, Recorded } from './submission.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
/** Longest text of an actor's field, a document number or a locator, in UTF-16 units. */
const MAX_TEXT = 300;

/** One fact from outside. A left-out `commandId` is a new one: the fact then cannot be repeated safely. */
export type FactRequest = ProjectIntent & {
  projectId: string;
  effectiveDate: string;
  actor: Actor;
  commandId?: string;
  evidence?: readonly Evidence[];
  correlationId?: string;
  causationId?: string;
  expectedRevision?: number;
};

/**
 * The one door for commands from outside: checks what every command carries, gives it an id, and traces it. The
 * bus has no middleware, so this stands in front of it; deciding and the retry on conflict are behind it.
 */
@Injectable()
export class CommandGateway {
  private readonly tracer = trace.getTracer('taizhang');

  constructor(private readonly bus: CommandBus) {}

  /** @throws Refusal, RevisionConflict, StoreUnavailable, OutcomeUnknown */
  async submit(request: FactRequest): Promise<Recorded> {
    const submission = submissionFrom(request);
    return this.tracer.startActiveSpan(`record ${request.type}`, async (span) => {
      span.setAttributes({
        'taizhang.command_id': submission.commandId,
        'taizhang.project_id': submission.projectId,
      });
      try {
        const recorded = await this.bus.execute(new RecordProjectFact(submission));
        span.setAttribute('taizhang.outcome', recorded.outcome);
        return recorded;
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
        throw error;
      } finally {
        span.end();
      }
    });
  }

  /** The same checks and the same rules, with nothing stored. @throws Refusal, RevisionConflict, StoreUnavailable */
  async rehearse(request: FactRequest): Promise<Rehearsal> {
    return this.bus.execute(new RehearseProjectFact(submissionFrom(request)));
  }
}

function submissionFrom(request: FactRequest): ProjectSubmission {
  const { type, data, projectId, effectiveDate, actor, commandId, evidence, ...optional } = request;
  check(UUID.test(projectId), 'request.projectId', '项目标识应为 UUID', { projectId });
  check(isPartialDate(effectiveDate), 'request.effectiveDate', '业务日期应为年、年-月或年-月-日', {
    effectiveDate,
  });
  check(commandId === undefined || UUID.test(commandId), 'request.commandId', '请求编号应为 UUID', {
    commandId,
  });
  for (const [field, value] of Object.entries(actor)) {
    check(isShortText(value), 'actor.incomplete', '操作人的姓名、单位、角色和行政区划都应填写', { field });
  }
  for (const item of evidence ?? []) {
    check(Object.values(item).every(isShortText), 'request.evidence', '依据文件的文号或位置过长或为空', {
      item,
    });
  }
  return {
    projectId,
    commands: [{ type, data } as ProjectIntent],
    effectiveDate,
    actor,
    commandId: commandId ?? newId(),
    evidence: evidence ?? [],
    ...optional,
  };
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT;
}

function check(holds: boolean, code: string, message: string, details: Record<string, unknown>): void {
  if (!holds) throw new Refusal(code, message, details);
}
