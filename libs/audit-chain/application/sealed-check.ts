import type { ChainedEvent } from '../domain/link.js';
import { problem, type Problem } from '../domain/problems.js';

/** A text that an event sealed by its digest. */
export interface SealedReference {
  /** `evaluation-990100-2025/counts`. */
  readonly subject: string;
  /** SHA-256 over the text, in hex. */
  readonly digest: string;
}

/** With where the event stands. */
export interface PlacedReference extends SealedReference {
  readonly sequence: number;
  readonly position: string;
}

/** Where sealed texts are kept. */
export interface SealedTextSource {
  /** The digest of what is stored under a digest, computed anew; undefined where nothing is stored. */
  examine(digest: string): Promise<{ digest: string } | undefined>;
  /** The text in parts. */
  text(digest: string): Promise<AsyncIterable<string> | undefined>;
}

/** A snapshot names its texts in `sections`, each with a name and a digest; a circular has the digest of its figures. */
const SEALING_TYPES: ReadonlySet<string> = new Set(['EvaluationSealed', 'CircularIssued']);
const DIGEST = /^[0-9a-f]{64}$/u;

export const isSealing = (type: string): boolean => SEALING_TYPES.has(type);

export function sealedIn(event: Pick<ChainedEvent, 'type' | 'data' | 'stream'>): SealedReference[] {
  if (!isSealing(event.type)) return [];
  const { sections, figuresDigest } = event.data;
  const figures = { name: 'figures', digest: figuresDigest };
  return [...(Array.isArray(sections) ? (sections as unknown[]) : []), figures].flatMap((section) => {
    const { name, digest } = (section ?? {}) as { name?: unknown; digest?: unknown };
    if (typeof name !== 'string' || typeof digest !== 'string' || !DIGEST.test(digest)) return [];
    return [{ subject: `${event.stream}/${name}`, digest }];
  });
}

export async function sealedProblems(
  references: readonly PlacedReference[],
  source: Pick<SealedTextSource, 'examine'>,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { sequence, position, subject, digest } of references) {
    // Pieces that cannot even be unpacked are altered too.
    const stored = await source
      .examine(digest)
      .catch((error: unknown) => ({ digest: error instanceof Error ? error.message : String(error) }));
    if (stored?.digest === digest) continue;
    const place = { sequence, position, expected: digest };
    problems.push(
      stored
        ? problem('sealed.edited', {
            ...place,
            found: stored.digest,
            message: `${subject} 与封存时的摘要不符`,
          })
        : problem('sealed.missing', { ...place, message: `${subject} 的内容不在库中` }),
    );
  }
  return problems;
}
