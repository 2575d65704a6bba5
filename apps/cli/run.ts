import 'reflect-metadata';
import { CliContext } from './context.js';
import type { ExitCode } from './exit-codes.js';
import { reportFailure } from './failures.js';
import { buildProgram } from './program.js';
import type { Terminal } from './terminal.js';

/** Runs one command line. Writes to the terminal only and returns what the shell should be told. */
export async function runCli(
  words: readonly string[],
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<ExitCode> {
  const context = new CliContext(terminal, env, signal);
  try {
    const program = await buildProgram(context, words);
    await program.parseAsync(words, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    return reportFailure(error, terminal);
  }
}
