/** Holds whoever comes to it until it is opened, and says when somebody came. */
export class Gate {
  readonly reached: Promise<void>;
  private readonly opened: Promise<void>;
  private come!: () => void;
  private release!: () => void;

  constructor() {
    this.reached = new Promise((resolve) => (this.come = resolve));
    this.opened = new Promise((resolve) => (this.release = resolve));
  }

  pass(): Promise<void> {
    this.come();
    return this.opened;
  }

  open(): void {
    this.release();
  }
}
