import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

export interface Progress {
  /** @param note what is at work, in a few words */
  update(done: number, total?: number, note?: string): void;
  stop(): void;
}

/** A bar on the error output where people watch it; nothing elsewhere. */
export function startProgress(terminal: Terminal, label: string, total: number): Progress {
  if (!terminal.progress) return { update: () => undefined, stop: () => undefined };
  const format = `${label} {bar} {percentage}% {value}/{total} 剩余 {eta_formatted} {note}`;
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true }, Presets.shades_grey);
  bar.start(total, 0, { note: '' });
  return {
    update: (done, newTotal, note = '') => {
      if (newTotal !== undefined) bar.setTotal(newTotal);
      bar.update(done, { note });
    },
    stop: () => bar.stop(),
  };
}

/** One bar after another, a new one whenever the stage changes. */
export class StagedProgress {
  private stage: string | undefined;
  private bar: Progress | undefined;

  constructor(private readonly terminal: Terminal) {}

  update(stage: string, done: number, total: number): void {
    if (stage !== this.stage) {
      this.stop();
      this.stage = stage;
      this.bar = startProgress(this.terminal, stage, total);
    }
    this.bar?.update(done, total);
  }

  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }
}
