import type { StoredEvent } from '#libs/event-store/port.js';

/** The read model was built from another event store: its position means nothing here. */
export class ForeignCheckpoint extends Error {
  readonly code = 'projection.foreignCheckpoint';
  constructor(
    readonly projection: string,
    readonly checkpointStoreId: string,
    readonly storeId: string,
  ) {
    super(
      `读模型 ${projection} 由另一个事件库 ${checkpointStoreId} 生成，当前事件库为 ${storeId}；` +
        `请检查 EVENT_STORE 与 DATABASE_URL 是否配套，确认更换事件库后执行 rebuild ${projection}`,
    );
    this.name = 'ForeignCheckpoint';
  }
}

/** The tables in force were made by a newer program than this one. */
export class NewerTables extends Error {
  readonly code = 'projection.newerTables';
  constructor(
    readonly projection: string,
    readonly liveVersion: number,
    readonly version: number,
  ) {
    super(
      `读模型 ${projection} 的表为第 ${liveVersion} 版，本程序只识别第 ${version} 版；` +
        `请升级程序，或执行 rollback / rebuild ${projection}`,
    );
    this.name = 'NewerTables';
  }
}

/** Another worker took over, or the generation is no longer the one in force: what was in hand is rolled back. */
export class Fenced extends Error {
  readonly code = 'projection.fenced';
  constructor(projection: string, generation: number) {
    super(`projection ${projection}, generation ${generation}: fenced off by another worker`);
    this.name = 'Fenced';
  }
}

/** An event that cannot be applied stopped the projection; everything before it is committed. */
export class Halted extends Error {
  readonly code = 'projection.halted';
  constructor(
    projection: string,
    readonly event: StoredEvent,
    cause: unknown,
  ) {
    super(`projection ${projection} halted at event ${event.id} of ${event.stream}: ${messageOf(cause)}`, {
      cause,
    });
    this.name = 'Halted';
  }
}

/** The projection was not given as many events as its streams have: a hole, or a store with another history. */
export class EventsMissing extends Error {
  readonly code = 'projection.eventsMissing';
  constructor(
    readonly projection: string,
    readonly missing: number,
  ) {
    super(
      `读模型 ${projection} 与事件库相差 ${missing} 条事件，数字不可信；请查明原因后执行 rebuild ${projection}`,
    );
    this.name = 'EventsMissing';
  }
}

/** Some other process is building the next generation already. */
export class RebuildRunning extends Error {
  readonly code = 'projection.rebuildRunning';
  constructor(projection: string) {
    super(`读模型 ${projection} 正由另一进程重建`);
    this.name = 'RebuildRunning';
  }
}

/** Its message, as PostgreSQL can store it. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll('\u0000', '');
}
