import { setTimeout as delay } from 'node:timers/promises';
import { audit, type AuditReport } from './audit.js';
import type { RunnerContext } from './context.js';
import { EventsMissing } from './errors.js';
import type { Projection } from './projection.js';
import type { ProjectionProblem } from './worker.js';

/** What the last count of a projection's events came to. */
export interface Audited {
  /** When it was counted, ISO 8601 UTC. */
  readonly at: string;
  readonly missing: number;
}

/**
 * Counts every projection's events anew, from time to time: lag says how far a projection has come, not that it was
 * given everything on the way. Reads the store once a projection, one after another.
 */
export class AuditRounds {
  private readonly last = new Map<string, Audited>();

  constructor(
    private readonly context: RunnerContext,
    private readonly projections: readonly Projection[],
    private readonly report: (problem: ProjectionProblem) => void,
  ) {}

  /** By name; projections that were not counted yet are absent. */
  get audited(): ReadonlyMap<string, Audited> {
    return this.last;
  }

  /** A round each time so many milliseconds have passed, until the signal. */
  async run(everyMs: number, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await delay(everyMs, undefined, { signal: stop }).catch(() => undefined);
      if (!stop.aborted) await this.round(stop);
    }
  }

  /** Counts all now; one that cannot be counted is reported and leaves the others alone. */
  async round(stop?: AbortSignal): Promise<AuditReport[]> {
    const reports: AuditReport[] = [];
    for (const projection of this.projections) {
      if (stop?.aborted) break;
      try {
        const counted = await audit(this.context, projection);
        this.last.set(projection.name, { at: new Date().toISOString(), missing: counted.missing });
        if (counted.missing !== 0) this.tell(projection, new EventsMissing(projection.name, counted.missing));
        reports.push(counted);
      } catch (error) {
        if (!stop?.aborted) this.tell(projection, error);
      }
    }
    return reports;
  }

  private tell({ name }: Projection, error: unknown): void {
    this.report({ projection: name, error, retryInMs: null });
  }
}
