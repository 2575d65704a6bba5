import { inspect, types } from 'node:util';
import type { LoggerService } from '@nestjs/common';

type Fields = Readonly<Record<string, unknown>>;

/**
 * One line of JSON a record, on stderr or wherever `write` leads. No personal data beyond the user id. It is also
 * Nest's logger, which keeps warnings and errors of the framework and drops its start-up chatter.
 */
export class JsonLog implements LoggerService {
  constructor(
    private readonly write: (line: string) => void = (line) => void process.stderr.write(line),
    private readonly now: () => Date = () => new Date(),
  ) {}

  record(level: 'info' | 'warn' | 'error', message: string, fields: Fields = {}): void {
    this.write(`${JSON.stringify({ time: this.now().toISOString(), level, message, ...fields })}\n`);
  }

  log(): void {
    /* Nest announces every route and module; the operator has /openapi.json for that. */
  }

  warn(message: unknown, context?: unknown): void {
    this.record('warn', String(message), { context });
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.record('error', String(message), { context: rest.map(String) });
  }
}

/** For tests and for commands whose terminal belongs to the user. */
export const quietLog = (): JsonLog => new JsonLog(() => undefined);

/** What an unexpected error says in the log: never in an answer. */
export function errorFields(error: unknown): Fields {
  if (!types.isNativeError(error)) return { error: String(error) };
  return { error: error.message, name: error.name, stack: error.stack, cause: causeOf(error) };
}

function causeOf(error: Error): string | undefined {
  return error.cause === undefined ? undefined : inspect(error.cause, { depth: 2 });
}
