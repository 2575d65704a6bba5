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

export type Fault = [path: string, expected: string];

/** The first member that does not fit, under `path`; undefined where all does. */
export function faultOf(check: Check, value: unknown, path: string): Fault | undefined {
  if (check.Check(value)) return undefined;
  const errors = check.Errors(value);
  const [first] = errors.filter((error) => error.instancePath !== '').concat(errors);
  return [`${path}${first?.instancePath ?? ''}`, first?.message ?? 'must fit its schema'];
}

/** @throws Misfit, at the first member that does not fit */
export function assertFits(check: Check, value: unknown, path: string): void {
  const fault = faultOf(check, value, path);
  if (fault) throw new Misfit(...fault);
}
