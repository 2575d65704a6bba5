import { readConfig, type Config } from '#libs/runtime/config.js';
import type { PlatformOptions } from '#libs/runtime/platform.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Reads, Session } from './session.js';
import type { Terminal } from './terminal.js';

/** What every command is given. */
export class CliContext {
  /** Set by a command that ends otherwise than well without an error. */
  exitCode: ExitCode = EXIT.ok;

  constructor(
    readonly terminal: Terminal,
    readonly env: NodeJS.ProcessEnv,
    /** Aborted when the person at the keyboard has had enough. */
    readonly signal: AbortSignal,
  ) {}

  /**
   * Opens store, database and projections for the time of `use`, whatever becomes of it.
   * @param settings what this command needs otherwise than the environment says
   */
  withSession<T>(use: (session: Session) => Promise<T>, settings: Partial<Config> = {}): Promise<T> {
    return this.open(use, settings);
  }

  /** The same for what records nothing: of the read models only those that it asks are brought up to date. */
  withReads<T>(use: (reads: Reads) => Promise<T>): Promise<T> {
    return this.open(use, {}, { onDemand: true });
  }

  private async open<T>(
    use: (session: Session) => Promise<T>,
    settings: Partial<Config>,
    options: PlatformOptions = {},
  ): Promise<T> {
    const config = { ...readConfig(this.env), ...settings };
    // Most of the program is behind these: help and what is used wrongly need none of it.
    const { openPlatform } = await import('#libs/runtime/platform.js');
    const { Session } = await import('./session.js');
    const session = await Session.open(await openPlatform(config, options));
    try {
      return await use(session);
    } finally {
      await session.close();
    }
  }
}
