import { Type, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { NewEvent, StoredEvent } from '#libs/event-store/port.js';
import type { JsonObject } from '#libs/kernel/json.js';
import { EventUnreadable, EventUnwritable } from '#libs/projects/domain/codec-errors.js';
import { envelopeCheck } from '#libs/projects/domain/envelope-codec.js';
import type { Envelope } from '#libs/projects/domain/envelope.js';
import type { ImportSummary, RowReport } from './report.js';

export const IMPORT_STREAM_PREFIX = 'import-';
export const importStream = (importId: string): string => `${IMPORT_STREAM_PREFIX}${importId}`;

const SCHEMA_VERSION = 1;

const Text = Type.String();
const Finding = Type.Object({ code: Text, message: Text });
const Money = Type.Object({ fen: Text, yuan: Text });
const Totals = Type.Object({ projects: Type.Integer(), total: Money, selfRaised: Money });
const ColumnRead = Type.Object({
  column: Text,
  header: Text,
  /** Absent: the column was not read. */
  meaning: Type.Optional(Text),
  byHand: Type.Optional(Type.Literal(true)),
});
const Count = Type.Integer({ minimum: 0 });

/** What readers rely on; the report may say more. */
const SCHEMAS = {
  /** A part of the rows of one run, in the order of the file; the run's `ProjectListImported` follows the last part. */
  ImportRowsReported: Type.Object({
    runId: Text,
    /** Index of the first row of this part. */
    from: Count,
    rows: Type.Array(
      Type.Object({
        sheet: Text,
        row: Count,
        name: Text,
        outcome: Type.Enum(['recorded', 'revised', 'unchanged', 'held']),
        events: Type.Array(Text),
        warnings: Type.Array(Finding),
        errors: Type.Array(Finding),
      }),
    ),
  }),
  ProjectListImported: Type.Object({
    runId: Text,
    rows: Count,
    summary: Type.Object({
      importId: Text,
      fileName: Text,
      fileDigest: Text,
      region: Text,
      effectiveDate: Text,
      lists: Type.Array(
        Type.Object({
          sheet: Text,
          title: Text,
          headerRow: Count,
          columns: Type.Optional(Type.Array(ColumnRead)),
          computed: Totals,
        }),
      ),
      missing: Type.Array(Type.Object({ projectId: Text, name: Text, listTitle: Text })),
      fileProblems: Type.Array(Finding),
      outcomes: Type.Object({ recorded: Count, revised: Count, unchanged: Count, held: Count }),
      totals: Totals,
    }),
  }),
} as const satisfies Record<string, TSchema>;

export type ImportEvent =
  | { type: 'ImportRowsReported'; data: { runId: string; from: number; rows: RowReport[] } }
  | { type: 'ProjectListImported'; data: { runId: string; rows: number; summary: ImportSummary } };

const checks = {
  ImportRowsReported: Compile(SCHEMAS.ImportRowsReported),
  ProjectListImported: Compile(SCHEMAS.ProjectListImported),
};

/** @throws EventUnwritable */
export function encodeImportEvent(
  event: ImportEvent,
  id: string,
  envelope: Omit<Envelope, 'schemaVersion'>,
): NewEvent {
  const metadata: Envelope = { ...envelope, schemaVersion: SCHEMA_VERSION };
  const misfit = misfitOf(event.type, event.data, metadata);
  if (misfit) throw new EventUnwritable(event.type, misfit.path, misfit.expected);
  const plain = (value: object) => value as unknown as JsonObject;
  return { id, type: event.type, data: plain(event.data), metadata: plain(metadata) };
}

/** @throws EventUnreadable */
export function decodeImportEvent(stored: StoredEvent): ImportEvent & { envelope: Envelope } {
  const { stream, revision, type, data, metadata } = stored;
  const misfit = misfitOf(type, data, metadata);
  if (misfit) throw new EventUnreadable(stream, revision, type, misfit.path, misfit.expected);
  return { type, data, envelope: metadata } as unknown as ImportEvent & { envelope: Envelope };
}

function misfitOf(
  type: string,
  data: unknown,
  metadata: unknown,
): { path: string; expected: string } | undefined {
  if (!Object.hasOwn(checks, type)) return { path: '/type', expected: 'an event type of an import' };
  for (const [check, value, path] of [
    [envelopeCheck, metadata, '/metadata'],
    [checks[type as ImportEvent['type']], data, '/data'],
  ] as const) {
    if (check.Check(value)) continue;
    const [first] = check.Errors(value);
    return { path: path + (first?.instancePath ?? ''), expected: first?.message ?? 'must fit its schema' };
  }
  return undefined;
}
