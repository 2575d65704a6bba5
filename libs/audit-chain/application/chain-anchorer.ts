import type { KeyObject } from 'node:crypto';
import type { EventStore, Position } from '#libs/event-store/port.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { idFor } from '#libs/kernel/ids.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { signAnchor, type Anchor, type AnchorReason } from '../domain/anchor.js';
import { ANCHOR_STREAM, decodeChainAnchored, encodeChainAnchored } from '../domain/anchor-events.js';
import { AnchorFolder } from './anchor-folder.js';
import { assertMayAnchor } from './permissions.js';

/** Where the chain stands at an event; the read model's `ChainPoint` has this shape. */
export interface AnchorablePoint {
  readonly sequence: number;
  readonly position: string;
  readonly hash: string;
}

/** An event by the position that its append answered, or the last one recorded before an instant (ISO 8601). */
export type AnchorPlace = { readonly position: Position } | { readonly recordedBefore: string };

export interface AnchorRequest {
  reason: AnchorReason;
  /** The event up to which the anchor vouches. Default: all that is stored, but for the anchors themselves. */
  at?: AnchorPlace;
  actor: Actor;
}

export interface Anchored {
  anchor: Anchor;
  /** Of the event that records it. */
  position: Position;
  /** The exported file. */
  file: string;
  /** `repeated`: the same place was anchored for the same reason before. */
  outcome: 'recorded' | 'repeated';
}

export interface AnchorerParts {
  store: EventStore;
  /** @throws Refusal `chain.noSigningKey` | `chain.badSigningKey` */
  key(): Promise<KeyObject>;
  /** The chain at that place once the projection has come to the end of the store; null where there is none. */
  pointAt(place: AnchorPlace | undefined): Promise<AnchorablePoint | null>;
  folder: AnchorFolder;
  now?: () => Date;
}

/**
 * Signs where the audit chain stands. For sealing: call `assertReady` before anything is stored, append the sealing
 * event, then `anchor({ reason: { kind: 'sealing', subject: <stream>, digest: <digestOf(snapshot)> }, at: { position:
 * <of the sealing event> }, actor })`. Digests are SHA-256 in hex over RFC 8785 text (`digestOf` of the kernel).
 */
export class ChainAnchorer {
  private readonly now: () => Date;

  constructor(private readonly parts: AnchorerParts) {
    this.now = parts.now ?? (() => new Date());
  }

  /** @throws Refusal `chain.noSigningKey` | `chain.badSigningKey` | `actor.…`: then nothing may be sealed */
  async assertReady(actor: Actor): Promise<void> {
    assertMayAnchor(actor);
    await this.parts.key();
  }

  /**
   * Signs the chain at the event, records the anchor as an event, and exports it. The same place for the same reason
   * is anchored once: asked again, the first anchor is answered, and its file written where it is missing.
   *
   * @throws Refusal `chain.empty` | `chain.noSuchPlace` | `chain.noSigningKey` | `chain.badSigningKey` | `actor.…`,
   *   `projection.behind`; StoreUnavailable, OutcomeUnknown
   */
  async anchor({ reason, at, actor }: AnchorRequest): Promise<Anchored> {
    assertMayAnchor(actor);
    const key = await this.parts.key();
    const point = await this.pointOf(at);
    const commandId = idFor('anchor', point.position, digestOf(reason));
    const earlier = await this.earlier(commandId);
    if (earlier) return { ...earlier, file: await this.parts.folder.put(earlier.anchor) };

    const { sequence, position, hash } = point;
    const madeAt = this.now().toISOString();
    const storeId = await this.parts.store.storeId();
    const anchor = signAnchor({ storeId, sequence, position, head: hash, reason, madeAt }, key);
    const event = encodeChainAnchored(anchor, idFor(commandId, '0'), {
      commandId,
      commandDigest: digestOf(reason),
      actor,
      effectiveDate: chinaDay(this.now()),
      recordedAt: madeAt,
      evidence: [],
      correlationId: commandId,
      causationId: commandId,
    });
    const command = { id: commandId, digest: digestOf(reason) };
    const [result] = await this.parts.store.append([
      { stream: ANCHOR_STREAM, expected: 'any', events: [event], command },
    ]);
    if (result!.outcome === 'refused') throw result!.error;
    // Two at once: the first is stored and is the anchor, so what is stored is what is exported.
    const stored = (await this.earlier(commandId))!;
    const outcome = result!.outcome === 'appended' ? 'recorded' : 'repeated';
    return { ...stored, outcome, file: await this.parts.folder.put(stored.anchor) };
  }

  private async pointOf(at: AnchorPlace | undefined): Promise<AnchorablePoint> {
    const point = await this.parts.pointAt(at);
    if (point) return point;
    if (at === undefined) throw new Refusal('chain.empty', '事件库中还没有事件，无从设锚');
    const words = 'position' in at ? `位置 ${at.position} 上` : `${at.recordedBefore} 以前`;
    throw new Refusal('chain.noSuchPlace', `审计链在${words}没有事件，无从设锚`, { ...at });
  }

  private async earlier(commandId: string): Promise<Omit<Anchored, 'file'> | undefined> {
    for await (const stored of this.parts.store.readStream(ANCHOR_STREAM, { direction: 'backwards' })) {
      const { anchor, envelope } = decodeChainAnchored(stored);
      if (envelope.commandId === commandId) return { anchor, position: stored.position, outcome: 'repeated' };
    }
    return undefined;
  }
}
