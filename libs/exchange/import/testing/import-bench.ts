import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { EventStore, StoredEvent } from '#libs/event-store/port.js';
import { digestOfBytes } from '#libs/kernel/canonical.js';
import { ProjectRecorder } from '#libs/projects/application/project-recorder.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { ProjectListImporter, type ImportOutcome, type ImportRequest } from '../importer.js';
import { StoreKnownProjects } from './store-known-projects.js';

export const ACTOR: Actor = {
  user: '演示',
  unit: '凉山州发展改革委',
  role: 'DevelopmentReform',
  region: '513400',
};
export const TODAY = '2026-11-22';
const NOW = new Date('2026-11-22T02:00:00.000Z');

/** An importer over a store in memory, with what a test asks of it. */
export class ImportBench {
  readonly known: StoreKnownProjects;
  readonly recorder: ProjectRecorder;
  readonly importer: ProjectListImporter;
  readonly files = new Map<string, Uint8Array>();

  constructor(readonly store: EventStore = new MemoryEventStore()) {
    const now = () => NOW;
    this.known = new StoreKnownProjects(store);
    this.recorder = new ProjectRecorder(store, now);
    const files = {
      put: async (bytes: Uint8Array) => {
        const digest = digestOfBytes(bytes);
        this.files.set(digest, bytes);
        return { digest };
      },
    };
    this.importer = new ProjectListImporter({
      store,
      recorder: this.recorder,
      files,
      known: this.known,
      now,
    });
  }

  /** Imports text as .csv, or bytes, for 凉山州 unless `overrides` say otherwise. */
  run(content: string | Uint8Array, overrides: Partial<ImportRequest> = {}): Promise<ImportOutcome> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const request = { bytes, fileName: '清单.csv', region: '513400', actor: ACTOR, dryRun: false };
    return this.importer.import({ ...request, ...overrides });
  }

  async events(): Promise<StoredEvent[]> {
    const events: StoredEvent[] = [];
    const ended = new AbortController();
    for await (const item of this.store.feed({ signal: ended.signal })) {
      if (item.kind === 'caughtUp') break;
      if (item.kind === 'event') events.push(item.event);
    }
    ended.abort();
    return events;
  }
}
