/** A compiled schema. */
export interface Check {
  Check(value: unknown): boolean;
  Errors(value: unknown): { instancePath: string; message: string }[];
}

/** Of a value that does not fit its schema, where the stream is not known; `path` is a JSON pointer from the event's root. */
export class Misfit extends Error {
  constructor(
    readonly path: string,
    readonly expected: string,
  ) {
    super(expected);
  }
}

/** @throws Misfit, at the first member that does not fit */
export function assertFits(check: Check, value: unknown, path: string): void {
  if (check.Check(value)) return;
  const errors = check.Errors(value);
  const [first] = errors.filter((error) => error.instancePath !== '').concat(errors);
  throw new Misfit(`${path}${first?.instancePath ?? ''}`, first?.message ?? 'must fit its schema');
}
