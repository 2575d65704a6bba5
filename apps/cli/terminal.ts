/** Where a command writes. Results go to `out`, everything about the run to `err`, so that pipes stay clean. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether people watch `out`: colours are for them only. */
  colours: boolean;
  /** Whether people watch `err`: progress bars are for them only. */
  progress: boolean;
}

export function processTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The reader (head, less) left early; the command still ends in order.
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    colours: stdout.isTTY === true && !env['NO_COLOR'],
    progress: stderr.isTTY === true,
  };
}
