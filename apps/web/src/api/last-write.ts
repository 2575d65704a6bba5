import { ref } from 'vue';

/** How long questions still wait for what was written: longer, and a projection that stands would hold up the page. */
const MEMORY_MS = 60_000;

/** The position of the last write of this page, so that the writer reads the own write. */
export class LastWrite {
  /** Grows with every write: what is kept on the screen for long is asked for again. */
  readonly count = ref(0);
  private noted: { position: string; at: number } | undefined;

  constructor(private readonly now: () => number = () => Date.now()) {}

  note(position: string): void {
    this.noted = { position, at: this.now() };
    this.count.value += 1;
  }

  position(): string | undefined {
    if (this.noted && this.now() - this.noted.at > MEMORY_MS) this.noted = undefined;
    return this.noted?.position;
  }
}

export const lastWrite = new LastWrite();
