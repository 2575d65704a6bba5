import { onBeforeUnmount, ref, shallowRef, type Ref } from 'vue';
import { read, upload } from '../../api/client.js';
import type { WriteQuery } from '../../api/paths.js';
import { columnsIn, columnsOf, withReading, type ListColumns, type Reading } from './columns.js';
import { useTrial } from './use-trial.js';
import type { ImportReport } from './words.js';

type Query = WriteQuery<'/api/v1/imports/project-lists'>;
const PATH = '/api/v1/imports/project-lists';
const POLL_MS = 500;

export interface ImportSettings {
  region: Ref<string>;
  unit: Ref<string>;
  /** '' for today. */
  date: Ref<string>;
}

/** One file on its way: tried as often as something about it is put right, then recorded. */
export function useImportRun({ region, unit, date }: ImportSettings) {
  const file = shallowRef<File>();
  const readings = shallowRef<readonly Reading[]>([]);
  /** The columns as last read; they stay while the file is tried again. */
  const columns = shallowRef<readonly ListColumns[]>([]);
  const tried = shallowRef<ImportReport>();
  const recorded = shallowRef<ImportReport>();
  const { problem, step, attempt, refuseSeveral } = useTrial();
  const progress = ref<{ done: number; total: number }>();
  let poll: ReturnType<typeof setTimeout> | undefined;

  async function run(dryRun: boolean): Promise<void> {
    const bytes = file.value;
    if (!bytes) return;
    progress.value = undefined;
    recorded.value = undefined;
    const importId = tried.value?.importId;
    if (dryRun) tried.value = undefined;
    const answer = await attempt(dryRun, (signal) => {
      if (!dryRun && importId !== undefined) void follow(importId, signal);
      return upload(PATH, { form: formOf(bytes), query: queryOf(dryRun), signal });
    });
    if (step.value === undefined) clearTimeout(poll);
    if (answer) {
      (dryRun ? tried : recorded).value = answer;
      columns.value = columnsOf(answer.lists);
    } else if (problem.value) columns.value = columnsIn(problem.value) ?? columns.value;
  }

  const queryOf = (dryRun: boolean): Query => ({
    dryRun,
    region: region.value,
    ...(unit.value && { unit: unit.value as NonNullable<Query['unit']> }),
    ...(date.value && { effectiveDate: date.value }),
  });

  function formOf(bytes: File): FormData {
    const form = new FormData();
    form.append('columns', JSON.stringify(readings.value));
    form.append('file', bytes, bytes.name);
    return form;
  }

  /** How far the recording is, asked while it goes on; that it cannot be told is no fault of the import. */
  async function follow(importId: string, signal: AbortSignal): Promise<void> {
    const path = '/api/v1/imports/{importId}/progress';
    const told = await read(path, { path: { importId }, signal }).catch(() => undefined);
    if (step.value !== 'recording' || signal.aborted) return;
    if (told?.running) progress.value = told;
    poll = setTimeout(() => void follow(importId, signal), POLL_MS);
  }

  /** Another file: what was said of the columns of the last one does not hold for it. */
  function take(taken: File): void {
    file.value = taken;
    readings.value = [];
    columns.value = [];
    void run(true);
  }
  function say(reading: Reading): void {
    readings.value = withReading(readings.value, reading);
    void run(true);
  }

  onBeforeUnmount(() => clearTimeout(poll));
  return { file, columns, tried, recorded, problem, step, progress, take, say, run, refuseSeveral };
}
