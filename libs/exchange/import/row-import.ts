import { comparePositions, type Position } from '#libs/event-store/port.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { inTurns } from '#libs/kernel/turns.js';
import type { ProjectRecorder } from '#libs/projects/application/project-recorder.js';
import type { BatchOutcome } from '#libs/projects/application/submission.js';
import type { ProjectList } from '../project-list/interpret.js';
import type { ListRow } from '../project-list/list-row.js';
import type { MatchableRow } from './identity.js';
import type { KnownProjects, ProjectIdentity } from './known-projects.js';
import { matchRows, type Match } from './match.js';
import {
  foresee,
  held,
  planRow,
  reportOf,
  unchanged,
  type ImportContext,
  type PlannedRow,
} from './plan-row.js';
import { flagRenames } from './renames.js';
import type { RowReport } from '../report/report.js';

/** Rows planned and recorded at a time; it bounds the projects held in memory. */
const BATCH_ROWS = 200;

export interface RowProgress {
  done: number;
  total: number;
}

export interface RowResult {
  /** In the order of the file. */
  rows: RowReport[];
  /** Projects that some row means. */
  named: Set<string>;
  known: readonly ProjectIdentity[];
  position: Position | undefined;
}

type Recording = () => Promise<RowReport[]>;

/** Takes the rows of a file through matching, planning and recording, batch by batch. Without a recorder: a dry run. */
export class RowImport {
  constructor(
    private readonly known: KnownProjects,
    private readonly recorder: ProjectRecorder | undefined,
    private readonly context: ImportContext,
  ) {}

  async run(
    lists: readonly ProjectList[],
    known: readonly ProjectIdentity[],
    region: RegionCode,
    onProgress?: (progress: RowProgress) => void,
  ): Promise<RowResult> {
    const reports = new Map<ListRow, RowReport>();
    const good: MatchableRow[] = [];
    for (const list of lists) {
      for (const row of list.rows) {
        if (isGood(row) && list.errors.length === 0) good.push({ title: list.title, row });
        else reports.set(row, heldRow(row, list));
      }
    }
    const matches = await inTurns(matchRows(good, known, region));
    const named = namedIn(matches);
    flagRenames(good, matches, known, named, region);
    const result: RowResult = { rows: [], named, known, position: undefined };
    const write = async (batch: readonly MatchableRow[], record: Recording, done: number): Promise<void> => {
      (await record()).forEach((report, index) => reports.set(batch[index]!.row, report));
      onProgress?.({ done, total: good.length });
    };
    // Each row means a project of its own, so a batch is decided while the one before is being written.
    let written = Promise.resolve();
    for (let from = 0; from < good.length; from += BATCH_ROWS) {
      const batch = good.slice(from, from + BATCH_ROWS);
      const decided = this.decide(batch, matches.slice(from, from + BATCH_ROWS), result);
      const [record] = await Promise.all([decided, written]);
      written = write(batch, record, from + batch.length);
    }
    await written;
    result.rows = lists.flatMap((list) => list.rows.map((row) => reports.get(row)!));
    return result;
  }

  /** What records the rows, or in a dry run foresees what that would do. */
  private async decide(
    batch: readonly MatchableRow[],
    matches: readonly Match[],
    result: RowResult,
  ): Promise<Recording> {
    const planned = await this.plan(batch, matches);
    if (!this.recorder) return async () => planned.map((row) => foresee(row, this.context.now));
    const submissions = planned.flatMap(({ asks }) => asks?.submission ?? []);
    const record = await this.recorder.decideBatch(submissions);
    return async () => reported(planned, await record(), result);
  }

  private async plan(batch: readonly MatchableRow[], matches: readonly Match[]): Promise<PlannedRow[]> {
    const ids = matches.flatMap((match) => (match.kind === 'known' ? [match.project.projectId] : []));
    const states = (await this.known.current(ids)).values();
    return batch.map((row, index) => {
      const match = matches[index]!;
      return planRow(row, match, match.kind === 'known' ? states.next().value : undefined, this.context);
    });
  }
}

/** The rows as they became, and in the result the last position. */
function reported(
  planned: readonly PlannedRow[],
  outcomes: readonly BatchOutcome[],
  result: RowResult,
): RowReport[] {
  let next = 0;
  return planned.map(({ report, asks }) => {
    if (!asks) return report;
    const outcome = outcomes[next++]!;
    const { position } = outcome.outcome === 'refused' ? { position: undefined } : outcome;
    if (position && (!result.position || comparePositions(position, result.position) > 0))
      result.position = position;
    return withOutcome(report, outcome);
  });
}

/** What the store says counts, where another writer changed the project in the meantime. */
function withOutcome(report: RowReport, outcome: BatchOutcome): RowReport {
  if (outcome.outcome === 'refused' && outcome.code === 'project.alreadyEntered') {
    const { sheet, row } = report;
    const message = '另一次导入同时登记了本项目，请重新导入以核对';
    const warnings = [...report.warnings, { code: 'import.recordedMeanwhile', message, sheet, row }];
    return { ...unchanged(report), warnings };
  }
  if (outcome.outcome === 'refused') return held(report, outcome.code, outcome.message);
  if (outcome.outcome === 'recorded') return { ...report, events: outcome.events.map(({ type }) => type) };
  return unchanged(report);
}

function isGood(row: ListRow): row is MatchableRow['row'] {
  return row.details !== undefined && row.errors.length === 0;
}

function heldRow(row: ListRow, list: ProjectList): RowReport {
  const report: RowReport = { ...reportOf(row), outcome: 'held' };
  const [problem] = list.errors;
  return problem && row.errors.length === 0 ? held(report, problem.code, problem.message) : report;
}

function namedIn(matches: readonly Match[]): Set<string> {
  return new Set(
    matches.flatMap((match) => {
      if (match.kind === 'known') return [match.project.projectId];
      return match.kind === 'ambiguous'
        ? match.candidates.map(({ projectId }) => projectId)
        : [match.projectId];
    }),
  );
}
