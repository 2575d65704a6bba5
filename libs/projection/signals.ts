import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Position } from '#libs/event-store/port.js';
import { backoffMs } from './transient.js';

/** Of PostgreSQL's NOTIFY: how workers and those who wait for them hear of each other, across processes. */
export const CHANNEL = 'taizhang_projection';

/**
 * `progress`: the generation in force has come to the position. `switched`: another generation is in force.
 * `released`: the lease is free. `halted`: an event could not be applied. `resumed`: messages may have been missed.
 */
export type Signal =
  | { readonly kind: 'progress'; readonly name: string; readonly position: Position }
  | { readonly kind: 'switched' | 'released' | 'halted'; readonly name: string }
  | { readonly kind: 'resumed' };

/** The payload of a notification. */
export function payloadOf(signal: Signal): string {
  return JSON.stringify(signal);
}

/** A connection as PostgreSQL knows it; `start` in its own text, since a JavaScript date would lose microseconds. */
export interface Backend {
  readonly pid: number;
  readonly start: string;
}

type Listener = (signal: Signal) => void;

/** One connection that listens, and comes back by itself when it is lost. */
export class Signals {
  private readonly listeners = new Set<Listener>();
  private readonly closing = new AbortController();
  private client: pg.Client | undefined;
  private connecting: Promise<void> | undefined;
  private current: Backend | undefined;

  constructor(private readonly connectionString: string) {}

  /** This process's listening connection while it stands: others see by it that the process is alive. */
  get backend(): Backend | undefined {
    return this.current;
  }

  /** Resolves when it listens. Keeps trying in the background; rejects only for the first attempt of a caller. */
  open(): Promise<void> {
    this.connecting ??= this.connect().catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    return this.connecting;
  }

  /** @returns how to stop listening */
  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.connecting?.catch(() => undefined);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.connectionString,
      application_name: 'taizhang projection signals',
      keepAlive: true,
    });
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) => this.emit(JSON.parse(payload ?? '') as Signal));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    const { rows } = await client.query<Backend>(
      `select pid, backend_start::text as start from pg_stat_activity where pid = pg_backend_pid()`,
    );
    this.client = client;
    this.current = rows[0];
    client.once('end', () => void this.reconnect());
    this.emit({ kind: 'resumed' });
  }

  private async reconnect(): Promise<void> {
    this.client = undefined;
    this.current = undefined;
    this.connecting = undefined;
    for (let failures = 0; !this.closing.signal.aborted; failures++) {
      const connected = await this.open().then(
        () => true,
        () => false,
      );
      if (connected) return;
      await delay(backoffMs(failures), undefined, { signal: this.closing.signal }).catch(() => undefined);
    }
  }

  private emit(signal: Signal): void {
    for (const listener of [...this.listeners]) listener(signal);
  }
}
