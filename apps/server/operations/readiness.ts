import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EventStore } from '#libs/event-store/port.js';
import { ProjectionRunner } from '#libs/projection/runner.js';
import type { ProjectionStanding } from '#libs/projection/status.js';
import { EVENT_STORE } from '#libs/runtime/tokens.js';

/** Whoever asks for readiness asks again soon; an answer that takes longer is no. */
const PATIENCE_MS = 3_000;

/** Per part: undefined while it works, otherwise why not. */
export interface Readiness {
  store: string | undefined;
  database: string | undefined;
  projections: string | undefined;
}

/** Whether requests can be served now: the store answers, the database answers, no projection stands still. */
@Injectable()
export class ReadinessCheck {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly database: DataSource,
    private readonly runner: ProjectionRunner,
  ) {}

  async look(): Promise<Readiness> {
    const [store, database, projections] = await Promise.all([
      faultOf(this.store.lastPosition(), '事件库连接不上'),
      faultOf(this.database.query('select 1'), '数据库连接不上'),
      faultOf(this.runner.standings().then(assertNoneHalted), '查询数据的状态无法读取'),
    ]);
    return { store, database, projections };
  }
}

class Standstill extends Error {}

function assertNoneHalted(statuses: readonly ProjectionStanding[]): void {
  const faults = statuses
    .filter(({ state, error }) => state === 'halted' || error !== undefined)
    .map(({ name, error }) => `${name}：${error ?? '已停止'}`);
  if (faults.length > 0) throw new Standstill(faults.join('；'));
}

async function faultOf(work: Promise<unknown>, words: string): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`${words}（${PATIENCE_MS / 1000} 秒内无答复）`), PATIENCE_MS);
  });
  const answered = work.then(
    () => undefined,
    (error: unknown) => (error instanceof Standstill ? error.message : words),
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
