import { idFor } from '#libs/kernel/ids.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { decideSubmission } from '#libs/projects/application/decide-submission.js';
import type { ProjectSubmission } from '#libs/projects/application/submission.js';
import { projectDecider } from '#libs/projects/domain/decider.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { ProjectState } from '#libs/projects/domain/state.js';
import { commandsForKnown, commandsForNew, type PlannedCommands } from './changes.js';
import type { ListRow } from '../project-list/list-row.js';
import type { MatchableRow } from './identity.js';
import type { Match } from './match.js';
import type { RowReport } from '../report/report.js';

/** What all rows of one import have in common. */
export interface ImportContext {
  importId: string;
  fileDigest: string;
  fileName: string;
  effectiveDate: string;
  actor: Actor;
  alreadyImported: boolean;
  now: Date;
}

/** What a row asks for: its report so far, and what to record for it, if anything, on what the project is now. */
export interface PlannedRow {
  report: RowReport;
  asks?: { submission: ProjectSubmission; before: ProjectState };
}

/** What a row asks to be recorded, if anything; whether the rules allow it is for the recorder, or `foresee`, to say. */
export function planRow(
  matchable: MatchableRow,
  match: Match,
  current: ProjectState | undefined,
  context: ImportContext,
): PlannedRow {
  const report = reportOf(matchable.row);
  if (match.kind === 'ambiguous') {
    const names = match.candidates
      .slice(0, 5)
      .map(({ name, place, projectId }) => `${name}（${place}，${projectId}）`);
    const message = `有多个已有项目与本行相符，无法确定是哪一个：${names.join('；')}`;
    return { report: held(report, 'import.ambiguous', message) };
  }
  const projectId = match.kind === 'new' ? match.projectId : match.project.projectId;
  report.projectId = projectId;
  const isNew = !current?.details;
  const { commands, changes }: PlannedCommands = isNew
    ? { commands: commandsForNew(matchable, projectId), changes: [] }
    : commandsForKnown(matchable, current);
  if (commands.length === 0) return { report };
  if (!isNew && context.alreadyImported) {
    const fields = changes.map(({ field }) => field).join('、');
    const message = `本文件以前已导入，项目此后又有修订（${fields}），不改回`;
    report.warnings.push({ code: 'import.revisedSince', message, ...at(report) });
    return { report };
  }
  if (changes.length > 0) report.changes = changes;
  report.outcome = isNew ? 'recorded' : 'revised';
  const submission = submissionFor(matchable, projectId, commands, context);
  return { report, asks: { submission, before: current ?? projectDecider.initialState() } };
}

/** The outcome of a planned row by the rules that would record it, so that a dry run tells what the import would do. */
export function foresee({ report, asks }: PlannedRow, now: Date): RowReport {
  if (!asks) return report;
  try {
    const { events } = decideSubmission(asks.submission, asks.before, now);
    return events.length > 0 ? { ...report, events: events.map(({ type }) => type) } : unchanged(report);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return held(report, error.code, error.message);
  }
}

export function unchanged({ changes: _changes, ...report }: RowReport): RowReport {
  return { ...report, outcome: 'unchanged', events: [] };
}

/** The report of a row before anything is known of its project. */
export function reportOf(row: ListRow): RowReport {
  return {
    sheet: row.sheet,
    row: row.row,
    ...(row.sequence !== undefined && { sequence: row.sequence }),
    name: row.name.slice(0, 300),
    outcome: 'unchanged',
    events: [],
    warnings: row.warnings,
    errors: row.errors,
  };
}

export function held({ changes: _changes, ...report }: RowReport, code: string, message: string): RowReport {
  const errors = [...report.errors, { code, message, ...at(report) }];
  return { ...report, outcome: 'held', events: [], errors };
}

const at = ({ sheet, row }: Pick<RowReport, 'sheet' | 'row'>) => ({ sheet, row });

/** The same file asks for the same commands under the same ids, however often and by how many it is imported. */
function submissionFor(
  { row }: MatchableRow,
  projectId: string,
  commands: ProjectSubmission['commands'],
  { importId, fileDigest, fileName, effectiveDate, actor }: ImportContext,
): ProjectSubmission {
  const locator = `${row.sheet.slice(0, 100)}!第${row.row}行`;
  const { user, unit, role, region } = actor;
  // Commands are spelled with their members in one order, since one program makes them.
  const asked = JSON.stringify(commands);
  return {
    projectId,
    commands,
    effectiveDate,
    actor,
    commandId: idFor('import-row', importId, projectId, effectiveDate, user, unit, role, region, asked),
    evidence: [{ fileDigest, fileName, locator }],
    correlationId: importId,
    causationId: importId,
  };
}
