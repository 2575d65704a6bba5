import { EXIT } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** npm passes on a Ctrl-C that the terminal has sent to the whole group already: the same one arrives twice. */
const SAME_PRESS_MS = 500;

/** Aborts at the first Ctrl-C or SIGTERM, so that the command can end in order; the second ends the process. */
export function onInterruption(terminal: Terminal): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  const stop = () => {
    if (!controller.signal.aborted) {
      firstAt = Date.now();
      controller.abort();
      return;
    }
    if (Date.now() - firstAt < SAME_PRESS_MS) return;
    terminal.err('再次中断，立即退出。\n');
    process.exit(EXIT.interrupted);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return controller.signal;
}
