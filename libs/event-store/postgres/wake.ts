import pg from 'pg';
import { clientConfig, type PostgresOptions } from './connections.js';

const POLL_INTERVAL = 500;

/**
 * Says when it is worth looking for new events: at a notification of a commit, and every poll interval in any case,
 * since a notification is lost when the listening connection breaks. Each look at the clock also mends the connection.
 */
export class Wake {
  private client: pg.Client | undefined;
  private connecting: Promise<void> | undefined;
  private readonly waiting = new Set<() => void>();
  private notifications = 0;
  private closed = false;

  constructor(
    private readonly connectionString: string,
    private readonly options: PostgresOptions,
  ) {}

  /** To be taken before one looks, and given to `wait` when there was nothing. */
  get count(): number {
    return this.notifications;
  }

  /** Resolves at a notification later than `count`, at the next poll, or at the signal. */
  async wait(count: number, signal: AbortSignal): Promise<void> {
    this.listen();
    if (signal.aborted || count !== this.notifications) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, this.options.pollInterval ?? POLL_INTERVAL);
      this.waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    this.notify();
    await this.connecting;
    await this.client?.end();
    this.client = undefined;
  }

  private notify(): void {
    this.notifications += 1;
    for (const done of [...this.waiting]) done();
  }

  private listen(): void {
    if (this.client || this.connecting || this.closed) return;
    this.connecting = this.connect()
      .catch(() => undefined)
      .finally(() => {
        this.connecting = undefined;
      });
  }

  private async connect(): Promise<void> {
    const client = new pg.Client(clientConfig(this.connectionString, this.options));
    const lost = () => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', () => this.notify());
    await client.connect();
    await client.query('listen event_store');
    this.client = client;
    // What was committed before it listened was not told.
    this.notify();
  }
}
