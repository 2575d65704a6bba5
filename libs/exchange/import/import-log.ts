import type { AppendRequest, EventStore, Position, StoredEvent } from '#libs/event-store/port.js';
import { digestOf, RunningDigest } from '#libs/kernel/canonical.js';
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
/** Events of one call: a few megabytes. */
const PARTS_AT_ONCE = 16;
/** Columns of one file whose reading is kept, beside those read by hand, which always are: as much as an event holds. */
const MOST_COLUMNS = 2_000;

/** Keeps the reports of imports as events, one stream a file and region. */
export class ImportLog {
  constructor(
    private readonly store: EventStore,
    private readonly now: () => Date,
  ) {}

  /** Whether an import of this file has come to its end before, though the report of a later one was broken off. */
  async isImported(importId: string): Promise<boolean> {
    for (let from: number | undefined; from !== -1;) {
      const last = await this.eventAt(importId, from);
      if (!last) return false;
      if (decodeImportEvent(last).type === 'ProjectListImported') return true;
      from = last.revision - 1;
    }
    return false;
  }

  /** One event of a stream in which each may be large: the last, or the one at a revision. */
  private async eventAt(importId: string, from: number | undefined): Promise<StoredEvent | undefined> {
    const last = { direction: 'backwards', limit: 1, ...(from !== undefined && { from }) } as const;
    for await (const stored of this.store.readStream(importStream(importId), last)) return stored;
    return undefined;
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
    const parts = partsOf(rows);
    const digest = digestOf({ summary, parts: parts.map((part) => part.digest) });
    const runId = idFor('import-run', report.importId, digest);
    const request = (event: ImportEvent, its: string) => this.requestFor(event, its, summary, actor);
    const requests = parts.map(({ from, rows: some, digest: ofRows }) =>
      request({ type: 'ImportRowsReported', data: { runId, from, rows: some } }, ofRows),
    );
    const end = { type: 'ProjectListImported', data: { runId, rows: rows.length, summary } } as const;
    return this.append([...requests, request(end, digest)]);
  }

  /** Each event is a request of its own: together they may be more than a store takes in one. */
  private requestFor(
    event: ImportEvent,
    digest: string,
    { importId, fileDigest, fileName, effectiveDate }: ImportSummary,
    actor: Actor,
  ): AppendRequest {
    const part = event.type === 'ImportRowsReported' ? String(event.data.from) : 'summary';
    const command = { id: idFor('import-report', event.data.runId, part), digest };
    const evidence: Evidence[] = [{ fileDigest, fileName }];
    const encoded = encodeImportEvent(event, idFor(command.id, '0'), {
      commandId: command.id,
      commandDigest: command.digest,
      actor,
      effectiveDate,
      recordedAt: this.now().toISOString(),
      evidence,
      correlationId: importId,
      causationId: importId,
    });
    return { stream: importStream(importId), expected: 'any', events: [encoded], command };
  }

  private async append(requests: readonly AppendRequest[]): Promise<Position | undefined> {
    let position: Position | undefined;
    for (let from = 0; from < requests.length; from += PARTS_AT_ONCE) {
      for (const result of await this.store.append(requests.slice(from, from + PARTS_AT_ONCE))) {
        if (result.outcome === 'refused') throw result.error;
        position = result.position;
      }
    }
    return position;
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

/** Rows that one event tells of. */
interface Part {
  /** Index of the first. */
  readonly from: number;
  readonly rows: RowReport[];
  /** Of the rows as they are spelled: one program spells them in one order, so that a run told again has the same. */
  readonly digest: string;
}

function partsOf(rows: readonly RowReport[]): Part[] {
  const parts: Part[] = [];
  let from = 0;
  let characters = 0;
  let digest = new RunningDigest();
  const endAt = (next: number) => {
    if (next > from) parts.push({ from, rows: rows.slice(from, next), digest: digest.end() });
    from = next;
    characters = 0;
    digest = new RunningDigest();
  };
  rows.forEach((row, index) => {
    const text = JSON.stringify(row);
    if (characters + text.length > PART_CHARACTERS) endAt(index);
    characters += text.length;
    digest.add(text);
  });
  endAt(rows.length);
  return parts;
}
