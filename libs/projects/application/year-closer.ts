import type { Position } from '#libs/event-store/port.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { chinaDay, type PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { Actor } from '../domain/envelope.js';
import type { ProjectRecorder } from './project-recorder.js';
import {
  assertAllowed,
  CHUNK,
  later,
  type KnownProject,
  type OnProgress,
  type ProjectsIn,
  type RefusedProject,
} from './region-year.js';
import type { BatchOutcome, ProjectSubmission } from './submission.js';

export interface YearClosingRequest {
  region: RegionCode;
  year: number;
  actor: Actor;
  /** Business date of the closing. Default: today in China. */
  effectiveDate?: PartialDate;
}

export interface YearClosing {
  region: RegionCode;
  year: number;
  /** Projects that were closed now. */
  closed: number;
  /** Projects whose year was closed before: by an earlier run, or one by one. */
  unchanged: number;
  refused: RefusedProject[];
}

export interface YearClosingOutcome {
  closing: YearClosing;
  /** Position of the last event recorded; undefined where nothing was. */
  position: Position | undefined;
}

export interface YearCloserParts {
  recorder: Pick<ProjectRecorder, 'recordBatch'>;
  projectsIn: ProjectsIn;
  now?: () => Date;
}

/**
 * Closes a budget year on every project of a region. Each project is closed by an event of its own, so a run that was
 * cut short is simply run again: what is closed stays as it is, the rest follows.
 */
export class YearCloser {
  private readonly now: () => Date;

  constructor(private readonly parts: YearCloserParts) {
    this.now = parts.now ?? (() => new Date());
  }

  /**
   * @throws Refusal `region.unknown`, `actor.…`, `date.future`, `year.notBegun`; StoreUnavailable, OutcomeUnknown (run
   *   it again: nothing is closed twice)
   */
  async close(
    { region, year, actor, effectiveDate = chinaDay(this.now()) }: YearClosingRequest,
    onProgress: OnProgress = () => undefined,
  ): Promise<YearClosingOutcome> {
    assertAllowed({ region, year, actor, effectiveDate }, 'CloseBudgetYear', '关账', chinaDay(this.now()));
    const projects = await this.parts.projectsIn(region);
    const closing: YearClosing = { region, year, closed: 0, unchanged: 0, refused: [] };
    let position: Position | undefined;
    for (let at = 0; at < projects.length; at += CHUNK) {
      const chunk = projects.slice(at, at + CHUNK);
      const outcomes = await this.parts.recorder.recordBatch(
        chunk.map(({ projectId }) => closingOf(projectId, year, actor, effectiveDate)),
      );
      outcomes.forEach((outcome, n) => count(closing, outcome, chunk[n]!));
      for (const outcome of outcomes) if (outcome.outcome === 'recorded') position = later(position, outcome);
      onProgress(at + chunk.length, projects.length);
    }
    return { closing, position };
  }
}

/**
 * The command id follows from all that is said: the same closing again is answered as before, and the same year closed
 * by another hand or on another day meets the project's own rule.
 */
function closingOf(
  projectId: string,
  year: number,
  actor: Actor,
  effectiveDate: PartialDate,
): ProjectSubmission {
  const commandId = idFor('close-year', digestOf({ projectId, year, actor, effectiveDate }));
  const commands = [{ type: 'CloseBudgetYear' as const, data: { year } }];
  return { projectId, commands, effectiveDate, actor, commandId, evidence: [] };
}

function count(closing: YearClosing, outcome: BatchOutcome, { projectId, name }: KnownProject): void {
  if (outcome.outcome === 'recorded') closing.closed += 1;
  else if (outcome.outcome !== 'refused' || outcome.code === 'year.alreadyClosed') closing.unchanged += 1;
  else closing.refused.push({ projectId, name, code: outcome.code, message: outcome.message });
}
