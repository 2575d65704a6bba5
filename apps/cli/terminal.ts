/** Where a command writes. Results go to `out`, everything about the run to `err`, so that pipes stay clean. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether people watch `out`: colours are for them only. */
  colours: boolean;
  /** Whether people watch `err`: progress bars are for them only. */
  progress: boolean;
}

export interface ProcessTerminal extends Terminal {
  /** Why results could not be written, as on a full disk. A reader that left early (head, less) is no reason. */
  failure?: Error;
}

type Streams = Pick<NodeJS.Process, 'env'> &
  Record<'stdout' | 'stderr', NodeJS.WritableStream & { isTTY?: boolean }>;

export function processTerminal({ stdout, stderr, env }: Streams = process): ProcessTerminal {
  const terminal: ProcessTerminal = {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    colours: stdout.isTTY === true && !env['NO_COLOR'],
    progress: stderr.isTTY === true,
  };
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') terminal.failure ??= error;
  });
  // Where errors cannot be written there is nobody to tell; the command still ends in order.
  stderr.on('error', () => undefined);
  return terminal;
}
