import type { EventStore, Position } from '#libs/event-store/port.js';
import { digestOf, digestOfBytes } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import type { MoneyUnit } from '#libs/kernel/money.js';
import { chinaDay, type PartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { isRegionCode, type RegionCode } from '#libs/kernel/regions.js';
import { inTurns } from '#libs/kernel/turns.js';
import { assertInRegion, assertMayRecord } from '#libs/projects/application/permissions.js';
import type { ProjectRecorder } from '#libs/projects/application/project-recorder.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { assertNotFuture } from '#libs/projects/domain/decide/guards.js';
import { interpretProjectLists, type ProjectList } from '../project-list/interpret.js';
import { placeReadings, type ColumnReading, type PlacedReading } from '../project-list/readings.js';
import { plainFileName } from '../table/file-name.js';
import { readTable } from '../table/read-table.js';
import type { Sheet } from '../table/sheet.js';
import { ImportLog } from './import-log.js';
import type { KnownProjects } from './known-projects.js';
import { summarise } from './summary.js';
import type { ImportContext } from './plan-row.js';
import type { ImportReport } from '../report/report.js';
import { RowImport, type RowProgress } from './row-import.js';

export interface ImportRequest {
  bytes: Uint8Array;
  fileName: string;
  /** The division the list was made for; places are looked up inside it. */
  region: RegionCode;
  actor: Actor;
  /** Nothing is stored; the report says what would be. */
  dryRun: boolean;
  /** Business date of the facts: when the list was issued. Default: today in China. */
  effectiveDate?: PartialDate;
  /** Unit of amounts, for a file that names none. */
  unit?: MoneyUnit;
  /** What columns mean, where their headers say it badly. */
  columns?: readonly ColumnReading[];
}

/** The same file read with another unit or other columns is another import: it may put right what the first got wrong. */
const importIdOf = (
  fileDigest: string,
  { region, unit }: ImportRequest,
  readings: readonly PlacedReading[],
) => idFor('import', fileDigest, region, unit ?? '', ...(readings.length > 0 ? [digestOf(readings)] : []));

export interface ImportOutcome {
  report: ImportReport;
  /** Position of the last event recorded, to wait for; undefined where nothing was. */
  position: Position | undefined;
}

export interface ImporterParts {
  store: EventStore;
  recorder: ProjectRecorder;
  files: { put(bytes: Uint8Array, fileName: string): Promise<{ digest: string }> };
  known: KnownProjects;
  now?: () => Date;
}

/**
 * Imports a project list: reads the file, understands its rows, finds the projects they mean, records what is new or
 * changed, holds what is wrong, and keeps the file and the report. Importing a file again records nothing.
 */
export class ProjectListImporter {
  private readonly now: () => Date;
  private readonly log: ImportLog;

  constructor(private readonly parts: ImporterParts) {
    this.now = parts.now ?? (() => new Date());
    this.log = new ImportLog(parts.store, this.now);
  }

  /**
   * @param onProgress called after each batch of rows
   * @throws Refusal `import.…` where the file as a whole cannot be imported, `actor.…`, `date.…`; StoreUnavailable,
   *   OutcomeUnknown (import the file again: what was recorded is not recorded twice)
   */
  async import(
    request: ImportRequest,
    onProgress?: (progress: RowProgress & { importId: string }) => void,
  ): Promise<ImportOutcome> {
    const now = this.now();
    const effectiveDate = request.effectiveDate ?? chinaDay(now);
    assertAllowed(request, effectiveDate, now);
    const fileName = plainFileName(request.fileName);
    const sheets = await readTable(request.bytes, fileName);
    const readings = placeReadings(sheets, request.columns ?? []);
    const lists = await readLists(sheets, readings, request, fileName);
    const fileDigest = digestOfBytes(request.bytes);
    const importId = importIdOf(fileDigest, request, readings);
    const alreadyImported = await this.log.isImported(importId);
    const { actor, region, dryRun } = request;
    const context: ImportContext = {
      importId,
      fileDigest,
      fileName,
      effectiveDate,
      actor,
      alreadyImported,
      now,
    };
    if (!dryRun) await this.parts.files.put(request.bytes, fileName);
    const known = await this.parts.known.inRegion(region);
    const rows = new RowImport(this.parts.known, dryRun ? undefined : this.parts.recorder, context);
    const result = await rows.run(lists, known, region, (told) => onProgress?.({ ...told, importId }));
    const summary = summarise({ importId, fileName, fileDigest, region, effectiveDate }, lists, result);
    const report: ImportReport = { ...summary, dryRun, alreadyImported, rows: result.rows };
    const logged = dryRun ? undefined : await this.log.record(report, actor);
    return { report, position: logged ?? result.position };
  }
}

function assertAllowed({ region, actor }: ImportRequest, effectiveDate: PartialDate, now: Date): void {
  if (!isRegionCode(region)) {
    throw new Refusal('import.regionUnknown', `未知的行政区划代码“${region}”`, { region });
  }
  assertMayRecord(actor, 'EnterPool');
  assertInRegion(actor, [region]);
  assertNotFuture({ effectiveDate, today: chinaDay(now) });
}

async function readLists(
  sheets: readonly Sheet[],
  readings: readonly PlacedReading[],
  { region, unit }: ImportRequest,
  fileName: string,
): Promise<ProjectList[]> {
  const defaultTitle = fileName.replace(/\.\w{1,5}$/u, '') || fileName;
  const options = { region, defaultTitle, readings, ...(unit && { unit }) };
  const lists = await inTurns(interpretProjectLists(sheets, options));
  const problems = lists.flatMap(({ errors }) => errors);
  const [first] = problems;
  if (first && lists.every(({ errors }) => errors.length > 0)) {
    const message = problems.map(
      (problem) => `${problem.message}（工作表“${problem.sheet}”第${problem.row}行）`,
    );
    // With how the columns were read, so that whoever imports can say what they mean.
    const read = lists.slice(0, 10).map(({ sheet, headerRow, columns }) => ({ sheet, headerRow, columns }));
    const details = { problems: problems.slice(0, 100), lists: read };
    throw new Refusal(first.code, message.slice(0, 10).join('；'), details);
  }
  return lists;
}
