import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

export interface Progress {
  update(done: number, total?: number): void;
  stop(): void;
}

/** A bar on the error output where people watch it; nothing elsewhere. */
export function startProgress(terminal: Terminal, label: string, total: number): Progress {
  if (!terminal.progress) return { update: () => undefined, stop: () => undefined };
  const format = `${label} {bar} {percentage}% {value}/{total} 剩余 {eta_formatted}`;
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true }, Presets.shades_grey);
  bar.start(total, 0);
  return {
    update: (done, newTotal) => {
      if (newTotal !== undefined) bar.setTotal(newTotal);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
