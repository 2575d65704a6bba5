import type { PartialDate } from '#libs/kernel/partial-date.js';
import type { RegionCode } from '#libs/kernel/regions.js';

/** Who did it. Taken from trusted headers or command-line options until there is sign-in. */
export interface Actor {
  user: string;
  unit: string;
  role: string;
  region: RegionCode;
}

/** What a fact rests on: a document by its number 文号, or a stored file by the SHA-256 of its bytes. */
export interface Evidence {
  documentNumber?: string;
  fileDigest?: string;
  fileName?: string;
  /** Where in the file: `清单!第7行`. */
  locator?: string;
}

/**
 * What every stored event says about itself, in the event's metadata. *Effective* is the business date with its
 * precision; *recorded* is when the system learned it (ISO 8601, UTC, milliseconds).
 */
export interface Envelope {
  commandId: string;
  /** SHA-256 of the command's content: the same id with other content is refused. */
  commandDigest: string;
  actor: Actor;
  effectiveDate: PartialDate;
  recordedAt: string;
  evidence: Evidence[];
  correlationId: string;
  causationId: string;
  /** Version of the schema of this event's data. */
  schemaVersion: number;
}
