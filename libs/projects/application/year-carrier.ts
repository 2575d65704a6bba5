import type { Position } from '#libs/event-store/port.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { inOrder } from '#libs/kernel/in-order.js';
import { chinaDay, type PartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { assertText } from '../domain/decide/guards.js';
import type { Actor } from '../domain/envelope.js';
import { leftOverOf, type LeftOver } from '../domain/left-over.js';
import type { ProjectHistory } from './project-history.js';
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
import type { BatchOutcome, ProjectIntent, ProjectSubmission } from './submission.js';

/** Rehearsals under way at a time. */
const REHEARSALS = 16;
/** How often a project is looked at again whose money was moved in between. */
const TRIES = 4;

export interface CarryingRequest {
  region: RegionCode;
  /** Budget year whose money is carried to the next. */
  year: number;
  actor: Actor;
  /** 结转文号. */
  documentNumber: string;
  /** Business date. Default: today in China. */
  effectiveDate?: PartialDate;
  /** Says what would be recorded, and records nothing. */
  dryRun?: boolean;
}

/** An amount that was carried, or would be. */
export interface CarriedAmount extends KnownProject, LeftOver {}

export interface YearCarrying {
  region: RegionCode;
  year: number;
  toYear: number;
  dryRun: boolean;
  /** Projects of which money was carried now. */
  carried: number;
  /** Projects that had nothing left in the year. */
  unchanged: number;
  amounts: CarriedAmount[];
  refused: RefusedProject[];
}

export interface YearCarryingOutcome {
  carrying: YearCarrying;
  /** Position of the last event recorded; undefined where nothing was. */
  position: Position | undefined;
}

export interface YearCarrierParts {
  recorder: Pick<ProjectRecorder, 'recordBatch' | 'rehearse'>;
  /** Projects as their streams tell them now, in the order asked for. */
  histories(projectIds: readonly string[]): AsyncIterable<Pick<ProjectHistory, 'state' | 'revision'>>;
  projectsIn: ProjectsIn;
  now?: () => Date;
}

interface Found {
  project: KnownProject;
  left: LeftOver[];
  submission: ProjectSubmission;
}

/**
 * Carries the unspent money of a budget year forward on every project of a region: what stands at 下达, 拨付 or 到位 of the
 * year, by source line, to the same stage of the next year. All amounts of one project are recorded together or not at
 * all. What has been carried is not left over any more, so a run that was cut short is simply run again.
 */
export class YearCarrier {
  private readonly now: () => Date;

  constructor(private readonly parts: YearCarrierParts) {
    this.now = parts.now ?? (() => new Date());
  }

  /**
   * @throws Refusal `region.unknown`, `actor.…`, `date.future`, `year.notBegun`, `field.empty`; StoreUnavailable,
   *   OutcomeUnknown (run it again: nothing is carried twice)
   */
  async carry(
    request: CarryingRequest,
    onProgress: OnProgress = () => undefined,
  ): Promise<YearCarryingOutcome> {
    const { region, year, actor, dryRun = false } = request;
    const today = chinaDay(this.now());
    const effectiveDate = request.effectiveDate ?? today;
    assertAllowed({ region, year, actor, effectiveDate }, 'CarryForwardFunds', '结转', today);
    assertText(request.documentNumber, 'documentNumber', '结转文号');
    const projects = await this.parts.projectsIn(region);
    const carrying: YearCarrying = {
      ...{ region, year, toYear: year + 1, dryRun },
      ...{ carried: 0, unchanged: 0, amounts: [], refused: [] },
    };
    let position: Position | undefined;
    for (let at = 0; at < projects.length; at += CHUNK) {
      let open: readonly KnownProject[] = projects.slice(at, at + CHUNK);
      for (let tries = 1; open.length > 0; tries += 1) {
        const found = await this.find(open, { ...request, effectiveDate });
        carrying.unchanged += open.length - found.length;
        const outcomes = await (dryRun ? this.rehearse(found) : this.record(found));
        const again: KnownProject[] = [];
        for (const [n, outcome] of outcomes.entries()) {
          if (wasMoved(outcome) && tries < TRIES) again.push(found[n]!.project);
          else count(carrying, outcome, found[n]!);
          if (outcome.outcome === 'recorded') position = later(position, outcome);
        }
        open = again;
      }
      onProgress(Math.min(at + CHUNK, projects.length), projects.length);
    }
    return { carrying, position };
  }

  /** The projects that have something left, with what would carry it. */
  private async find(
    projects: readonly KnownProject[],
    request: CarryingRequest & { effectiveDate: PartialDate },
  ): Promise<Found[]> {
    const found: Found[] = [];
    const asked = projects.values();
    for await (const { state, revision } of this.parts.histories(
      projects.map(({ projectId }) => projectId),
    )) {
      const project = asked.next().value!;
      const left = leftOverOf(state, request.year);
      if (left.length === 0) continue;
      found.push({ project, left, submission: carryingOf(project.projectId, left, revision, request) });
    }
    return found;
  }

  private record(found: readonly Found[]): Promise<BatchOutcome[]> {
    return this.parts.recorder.recordBatch(found.map(({ submission }) => submission));
  }

  private async rehearse(found: readonly Found[]): Promise<BatchOutcome[]> {
    const outcomes: BatchOutcome[] = [];
    for await (const outcome of inOrder(found, REHEARSALS, ({ submission }) =>
      this.rehearseOne(submission),
    )) {
      outcomes.push(outcome);
    }
    return outcomes;
  }

  private async rehearseOne(submission: ProjectSubmission): Promise<BatchOutcome> {
    try {
      const { revision } = await this.parts.recorder.rehearse(submission);
      const { projectId } = submission;
      return { outcome: 'recorded', projectId, revision, position: undefined, events: [] };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message, details } = error;
      return { outcome: 'refused', code, message, details };
    }
  }
}

/**
 * The command id follows from what is left, at which revision, and from all that is said: two equal runs at one time
 * are stored once. Where money moved in between, the project's own limits refuse it, and it is looked at again.
 */
function carryingOf(
  projectId: string,
  left: readonly LeftOver[],
  revision: number,
  { year, actor, documentNumber, effectiveDate }: CarryingRequest & { effectiveDate: PartialDate },
): ProjectSubmission {
  const commands = left.map(({ source, level, budgetYear, stage, fen }): ProjectIntent => ({
    type: 'CarryForwardFunds',
    data: {
      source,
      ...(level !== undefined && { level }),
      budgetYear,
      amountFen: fen.toString(),
      stage,
      toYear: year + 1,
      documentNumber,
    },
  }));
  const said = { projectId, revision, commands, actor, effectiveDate };
  const commandId = idFor('carry-forward', digestOf(said));
  return { projectId, commands, effectiveDate, actor, commandId, evidence: [] };
}

const wasMoved = (outcome: BatchOutcome): boolean =>
  outcome.outcome === 'refused' && outcome.code === 'funds.carriedOverBalance';

function count(carrying: YearCarrying, outcome: BatchOutcome, { project, left }: Found): void {
  if (outcome.outcome === 'refused') {
    carrying.refused.push({ ...project, code: outcome.code, message: outcome.message });
  } else if (outcome.outcome === 'recorded') {
    carrying.carried += 1;
    carrying.amounts.push(...left.map((amount) => ({ ...project, ...amount })));
  } else carrying.unchanged += 1;
}
