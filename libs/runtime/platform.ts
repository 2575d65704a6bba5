import path from 'node:path';
import type { DataSource } from 'typeorm';
import { AnchorFolder } from '#libs/audit-chain/application/anchor-folder.js';
import type { SigningKeySource } from '#libs/audit-chain/application/signing-key.js';
import { openDatabase } from '#libs/database/data-source.js';
import { embeddedPostgres } from '#libs/database/embedded/embedded-postgres.js';
import { EvidenceFiles } from '#libs/database/evidence-files.js';
import type { EventStore } from '#libs/event-store/port.js';
import { openPostgresEventStore } from '#libs/event-store/postgres/postgres-event-store.js';
import { ProjectRecorder } from '#libs/projects/application/project-recorder.js';
import { ProjectionRunner } from '#libs/projection/runner.js';
import type { ProjectionProblem } from '#libs/projection/worker.js';
import { PROJECTIONS, READ_MODEL_ENTITIES } from '#libs/read-models/read-models.js';
import type { Config } from './config.js';

/** Everything that is open: what a server, a projector or a command works with. */
export interface Platform {
  readonly store: EventStore;
  readonly database: DataSource;
  readonly evidence: EvidenceFiles;
  readonly runner: ProjectionRunner;
  readonly recorder: ProjectRecorder;
  /** What anchors of the audit chain are signed with, and where they are exported. */
  readonly signingKey: SigningKeySource;
  readonly anchors: AnchorFolder;
  /** Finishes what is under way and lets go, in the reverse order of opening. Closing twice is closing once. */
  close(): Promise<void>;
}

export interface PlatformOptions {
  /** Told what goes wrong with projections in the background. */
  onProblem?: (problem: ProjectionProblem) => void;
  /** For a process that reads little and is over soon: projections work where they are waited for and have to. */
  onDemand?: boolean;
}

/**
 * Opens the database (starting the embedded one where none is named), the event store and the projections.
 * What was opened is closed again when something behind it cannot be.
 * @throws StoreUnavailable, ForeignCheckpoint, or what the database says when it cannot be reached
 */
export async function openPlatform(
  config: Config,
  { onDemand = false, ...options }: PlatformOptions = {},
): Promise<Platform> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const databaseUrl = config.databaseUrl ?? (await startEmbedded(config, opened));
    const database = await openDatabase(databaseUrl, READ_MODEL_ENTITIES);
    opened.push(() => database.destroy());
    const store = await openStore(config.eventStore ?? databaseUrl);
    opened.push(() => store.close());
    const runner = new ProjectionRunner({
      connectionString: databaseUrl,
      store,
      projections: PROJECTIONS,
      ...options,
    });
    opened.push(() => runner.stop());
    if (!config.runProjections) await runner.prepare();
    else await (onDemand ? runner.startOnDemand() : runner.start());
    return {
      store,
      database,
      evidence: new EvidenceFiles(database),
      runner,
      recorder: new ProjectRecorder(store),
      signingKey: signingKeyOf(config),
      anchors: new AnchorFolder(path.join(config.dataDir, 'anchors')),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A store that others may reach is signed for with a key that somebody named and keeps elsewhere. */
export function signingKeyOf({ signingKey, databaseUrl, eventStore, dataDir }: Config): SigningKeySource {
  const embedded = databaseUrl === undefined && eventStore === undefined;
  return { file: signingKey, makeIn: embedded ? path.join(dataDir, 'keys') : undefined };
}

async function startEmbedded(config: Config, opened: (() => Promise<unknown>)[]): Promise<string> {
  const embedded = await embeddedPostgres(config.dataDir);
  opened.push(() => embedded.stop());
  return embedded.connectionString;
}

async function openStore(url: string): Promise<EventStore> {
  if (url.startsWith('postgres')) return openPostgresEventStore(url);
  // Its client takes longer to load than a store to open.
  const { openEventStoreDb } = await import('#libs/event-store/eventstoredb/open-eventstoredb.js');
  return openEventStoreDb(url);
}
