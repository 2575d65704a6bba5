declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** `client.query(from('copy t (…) from stdin'))`: rows in the text format are written to it. */
  export function from(text: string): Writable & Submittable;
}
