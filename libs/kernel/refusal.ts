/**
 * A request that the domain turns down. Nothing is stored when it is thrown.
 *
 * `code` is stable and part of the API (`money.overAllocated`); `message` is Chinese, for the person at the
 * screen, and shows the arithmetic in 元 where money is concerned; `details` holds the same figures for programs.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
