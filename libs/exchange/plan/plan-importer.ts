import type { Position } from '#libs/event-store/port.js';
import { digestOf, digestOfBytes } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { chinaDay, type PartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { assertMayKeep } from '#libs/plans/application/permissions.js';
import type { PlanRecorder } from '#libs/plans/application/plan-recorder.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import { entryOf, planDecider } from '#libs/plans/domain/decider.js';
import { entryKey, saysTheSame } from '#libs/plans/domain/entries.js';
import type { PlanState } from '#libs/plans/domain/state.js';
import { assertInRegion } from '#libs/projects/application/permissions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { Finding } from '../layout/finding.js';
import { plainFileName } from '../table/file-name.js';
import { readTable } from '../table/read-table.js';
import { readPlanFile, type PlanFile, type PlanFileRow } from './read-plan-file.js';

export interface PlanImportRequest {
  bytes: Uint8Array;
  fileName: string;
  actor: Actor;
  /** Nothing is stored; the report says what would be. */
  dryRun: boolean;
  /** Business date of the plan. Default: the one the file prints, else today in China. */
  effectiveDate?: PartialDate;
}

export interface PlanRowReport {
  sheet: string;
  row: number;
  name: string;
  outcome: 'recorded' | 'revised' | 'unchanged' | 'held';
  warnings: Finding[];
  errors: Finding[];
}

export interface PlanImportReport {
  planId: string;
  title: string;
  fileName: string;
  fileDigest: string;
  effectiveDate: PartialDate;
  dryRun: boolean;
  rows: PlanRowReport[];
  outcomes: Record<PlanRowReport['outcome'], number>;
  /** Events recorded, or in a dry run those that would be. */
  events: number;
}

export interface PlanImporterParts {
  recorder: PlanRecorder;
  files: { put(bytes: Uint8Array, fileName: string): Promise<{ digest: string }> };
  now?: () => Date;
}

/**
 * Imports figures, tasks and county shares of a plan. What stands already is left alone; another content for the same
 * place takes the old entry back and records the new one; rows that cannot be read or that the plan refuses are held.
 * Entries that a file no longer names stay as they are. The file is kept as evidence.
 */
export class PlanImporter {
  private readonly now: () => Date;

  constructor(private readonly parts: PlanImporterParts) {
    this.now = parts.now ?? (() => new Date());
  }

  /** @throws Refusal `import.…`, `plan.…`, `actor.…`, `date.…`; RevisionConflict, StoreUnavailable, OutcomeUnknown */
  async import(
    request: PlanImportRequest,
  ): Promise<{ report: PlanImportReport; position: Position | undefined }> {
    const { bytes, actor, dryRun } = request;
    const fileName = plainFileName(request.fileName);
    const file = readPlanFile(await readTable(bytes, fileName));
    // Also where nothing would change: whoever may not keep the plan has no file kept as its evidence either.
    assertMayKeep(actor, 'AdoptPlan');
    assertInRegion(actor, [file.adopted.region]);
    const fileDigest = digestOfBytes(bytes);
    const today = chinaDay(this.now());
    const effectiveDate = request.effectiveDate ?? file.effectiveDate ?? today;
    const before = await this.parts.recorder.read(file.planId);
    const { commands, rows } = changesOf(file, before, { effectiveDate, today });
    const { planId } = file;
    // What was taken back since may be recorded again, and is then another command.
    const commandId = idFor(
      'plan-import',
      fileDigest,
      planId,
      digestOf(commands),
      String(before.reversed.size),
    );
    const submission = {
      planId,
      commands,
      effectiveDate,
      actor,
      commandId,
      evidence: [{ fileDigest, fileName }],
    };
    const report = (events: number): PlanImportReport => ({
      planId,
      title: file.adopted.title,
      fileName,
      fileDigest,
      effectiveDate,
      dryRun,
      rows,
      outcomes: countOutcomes(rows),
      events,
    });
    if (dryRun) {
      const { events } = await this.parts.recorder.rehearse(submission);
      return { report: report(events.length), position: undefined };
    }
    await this.parts.files.put(bytes, fileName);
    const { events, position } = await this.parts.recorder.record(submission);
    return { report: report(events.length), position };
  }
}

/** What the file changes about the plan, command by command on what the ones before led to. */
function changesOf(
  file: PlanFile,
  before: PlanState,
  context: { effectiveDate: PartialDate; today: string },
): { commands: PlanCommand[]; rows: PlanRowReport[] } {
  const commands: PlanCommand[] = [];
  let state = before;
  const take = (wanted: readonly PlanCommand[]): number => {
    let next = state;
    let events = 0;
    for (const command of wanted) {
      const decided = planDecider
        .decide(command, next, context)
        .map((event, n) => ({ ...event, id: idFor('rehearsed', String(commands.length + events + n)) }));
      next = planDecider.evolveAll(next, decided);
      events += decided.length;
    }
    state = next;
    if (events > 0) commands.push(...wanted);
    return events;
  };
  // A plan that is known under another title is left so: a file of tasks need not repeat what the plan is called.
  if (!before.plan) take([{ type: 'AdoptPlan', data: file.adopted }]);
  const rows = file.rows.map((row): PlanRowReport => {
    const { sheet, row: number, name, warnings, errors } = row;
    const told = { sheet, row: number, name, warnings };
    if (errors.length > 0) return { ...told, outcome: 'held', errors };
    try {
      const wanted = row.commands.map((command) => replacing(command, state));
      const events = take(wanted.flat());
      const outcome =
        events === 0 ? 'unchanged' : wanted.some((all) => all.length > 1) ? 'revised' : 'recorded';
      return { ...told, outcome, errors: [] };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...told, outcome: 'held', errors: [refusalAt(row, error)] };
    }
  });
  return { commands, rows };
}

/** The command, after taking back what the same place said before. */
function replacing(command: PlanCommand, state: PlanState): PlanCommand[] {
  if (
    command.type === 'AdoptPlan' ||
    command.type === 'RevisePlanDetails' ||
    command.type === 'ReverseEntry'
  ) {
    return [command];
  }
  const entry = entryOf(command);
  const key = entryKey(entry);
  const standing = key === undefined ? undefined : state.entries.get(state.byKey.get(key) ?? '');
  if (!standing || saysTheSame(standing, entry)) return [command];
  return [{ type: 'ReverseEntry', data: { eventId: standing.id, reason: '导入文件更正' } }, command];
}

function refusalAt({ sheet, row }: PlanFileRow, { code, message }: Refusal): Finding {
  return { code, message, sheet, row };
}

function countOutcomes(rows: readonly PlanRowReport[]): PlanImportReport['outcomes'] {
  const outcomes = { recorded: 0, revised: 0, unchanged: 0, held: 0 };
  for (const { outcome } of rows) outcomes[outcome] += 1;
  return outcomes;
}
