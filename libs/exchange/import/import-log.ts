import type { EventStore, NewEvent, Position } from '#libs/event-store/port.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import {
  decodeImportEvent,
  encodeImportEvent,
  importStream,
  type ImportEvent,
} from '../report/import-events.js';
import type { ImportReport, ImportSummary, ListReport, RowReport } from '../report/report.js';

/** Size of one event with rows, in characters of JSON: far below the 1 MB that EventStoreDB takes at once. */
const PART_CHARACTERS = 200_000;
/** Columns of one file whose reading is kept, beside those read by hand, which always are: as much as an event holds. */
const MOST_COLUMNS = 2_000;

/** Keeps the reports of imports as events, one stream a file and region. */
export class ImportLog {
  constructor(
    private readonly store: EventStore,
    private readonly now: () => Date,
  ) {}

  /** Whether an import of this file has come to its end before. */
  async isImported(importId: string): Promise<boolean> {
    for await (const stored of this.store.readStream(importStream(importId), {
      direction: 'backwards',
      limit: 1,
    })) {
      return decodeImportEvent(stored).type === 'ProjectListImported';
    }
    return false;
  }

  /**
   * Records the report of a run, its rows in parts and its summary last. A run that recorded nothing is left out
   * where an earlier run is on record.
   *
   * @returns the position of the summary; undefined where it was left out
   */
  async record(report: ImportReport, actor: Actor): Promise<Position | undefined> {
    const { dryRun: _dryRun, alreadyImported: _already, rows, ...told } = report;
    const summary = { ...told, lists: withoutSamples(told.lists) };
    const recordedNothing = report.outcomes.recorded + report.outcomes.revised === 0;
    if (recordedNothing && (await this.isImported(report.importId))) return undefined;
    const runId = idFor('import-run', report.importId, digestOf({ summary, rows }));
    let position: Position | undefined;
    for (const event of eventsOf(runId, summary, rows)) position = await this.append(summary, event, actor);
    return position;
  }

  /** Each part is its own append: together they may be more than a store takes at once. */
  private async append(summary: ImportSummary, event: ImportEvent, actor: Actor): Promise<Position> {
    const { importId, fileDigest, fileName, effectiveDate } = summary;
    const part = event.type === 'ImportRowsReported' ? String(event.data.from) : 'summary';
    const commandId = idFor('import-report', event.data.runId, part);
    const evidence: Evidence[] = [{ fileDigest, fileName }];
    const digest = digestOf(event);
    const encoded: NewEvent = encodeImportEvent(event, idFor(commandId, '0'), {
      commandId,
      commandDigest: digest,
      actor,
      effectiveDate,
      recordedAt: this.now().toISOString(),
      evidence,
      correlationId: importId,
      causationId: importId,
    });
    const request = { stream: importStream(importId), expected: 'any' as const, events: [encoded] };
    const [result] = await this.store.append([{ ...request, command: { id: commandId, digest } }]);
    if (result!.outcome === 'refused') throw result!.error;
    return result!.position;
  }
}

/** The values of the columns stand in the file, which is kept. */
function withoutSamples(lists: readonly ListReport[]): ListReport[] {
  let left = MOST_COLUMNS;
  return lists.map(({ columns = [], ...list }) => ({
    ...list,
    columns: columns
      .filter(({ byHand }) => byHand || left-- > 0)
      .map(({ samples: _samples, ...column }) => column),
  }));
}

function* eventsOf(
  runId: string,
  summary: ImportSummary,
  rows: readonly RowReport[],
): Generator<ImportEvent> {
  let part: RowReport[] = [];
  let from = 0;
  let characters = 0;
  for (const row of rows) {
    const length = JSON.stringify(row).length;
    if (part.length > 0 && characters + length > PART_CHARACTERS) {
      yield { type: 'ImportRowsReported', data: { runId, from, rows: part } };
      from += part.length;
      part = [];
      characters = 0;
    }
    part.push(row);
    characters += length;
  }
  if (part.length > 0) yield { type: 'ImportRowsReported', data: { runId, from, rows: part } };
  yield { type: 'ProjectListImported', data: { runId, rows: rows.length, summary } };
}
