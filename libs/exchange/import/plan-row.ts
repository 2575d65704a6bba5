import { digestOf } from '#libs/kernel/canonical.js';
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

/** What is to become of a row: its report as foreseen, and what to record for it, if anything. */
export interface PlannedRow {
  report: RowReport;
  submission?: ProjectSubmission;
}

/** Plans a row by the rules that will record it, so that a dry run tells what the import would do. */
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
      .map(({ name, place, projectId }) => `${name}(${place},${projectId})`);
    return held(report, 'import.ambiguous', `有多个已有项目与本行相符,无法确定是哪一个:${names.join(';')}`);
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
    const message = `本文件以前已导入,项目此后又有修订(${fields}),不改回`;
    report.warnings.push({ code: 'import.revisedSince', message, ...at(report) });
    return { report };
  }
  const submission = submissionFor(matchable, projectId, commands, context);
  try {
    const { events } = decideSubmission(submission, current ?? projectDecider.initialState(), context.now);
    report.events = events.map(({ type }) => type);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return held(report, error.code, error.message);
  }
  if (changes.length > 0) report.changes = changes;
  report.outcome = isNew ? 'recorded' : report.events.length > 0 ? 'revised' : 'unchanged';
  return report.events.length > 0 ? { report, submission } : { report };
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

export function held(report: RowReport, code: string, message: string): { report: RowReport } {
  const { changes: _changes, ...rest } = report;
  const errors = [...report.errors, { code, message, ...at(report) }];
  return { report: { ...rest, outcome: 'held', events: [], errors } };
}

const at = ({ sheet, row }: RowReport) => ({ sheet, row });

/** The same file asks for the same commands under the same ids, however often and by how many it is imported. */
function submissionFor(
  { row }: MatchableRow,
  projectId: string,
  commands: ProjectSubmission['commands'],
  { importId, fileDigest, fileName, effectiveDate, actor }: ImportContext,
): ProjectSubmission {
  const locator = `${row.sheet.slice(0, 100)}!第${row.row}行`;
  return {
    projectId,
    commands,
    effectiveDate,
    actor,
    commandId: idFor('import-row', importId, projectId, digestOf({ commands, effectiveDate, actor })),
    evidence: [{ fileDigest, fileName, locator }],
    correlationId: importId,
    causationId: importId,
  };
}
