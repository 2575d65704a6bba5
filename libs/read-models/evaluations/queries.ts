import type { Issued } from '#libs/circulars/domain/events.js';
import type { ItemScore, Sealed } from '#libs/evaluation/domain/events.js';
import type { SheetItem, SheetTemplate } from '#libs/evaluation/domain/sheet/template.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { Page, PageRequest } from '../paging.js';
import { ReadModelQuery } from '../read-model-query.js';
import type { AsOf } from '../views.js';
import { evaluationsProjection } from './projection.js';

/** A sealed snapshot; `sealed` names its sections and digests. */
export interface EvaluationView {
  id: string;
  region: { code: RegionCode; name: string };
  year: number;
  digest: string;
  /** Of the sealing event, for traces and `waitFor`. */
  eventPosition: string;
  eventId: string;
  recordedAt: string;
  actor: Actor;
  sealed: Sealed;
  /** The snapshot that stands in its place; null for the one that stands. */
  supersededBy: { digest: string; reason: string } | null;
}

/** The latest first. @throws Refusal `paging.…` */
export class EvaluationsQuery extends ReadModelQuery<Page<EvaluationView>> {
  constructor(readonly params: { region?: RegionCode; year?: number } & PageRequest) {
    super(evaluationsProjection);
  }
}

/** One by its id, or the last sealed of exactly this region and year; null where there is none. */
export class EvaluationQuery extends ReadModelQuery<EvaluationView | null> {
  constructor(readonly asked: { id: string } | { region: RegionCode; year: number }) {
    super(evaluationsProjection);
  }
}

/** Points with who gave them. */
export interface GivenScore extends ItemScore {
  eventId: string;
  actor: Actor;
  recordedAt: string;
}

/** The sheet in force of a region and year as it is being filled in, before it is sealed. */
export interface SheetView {
  region: { code: RegionCode; name: string };
  year: number;
  sheet: Omit<SheetTemplate, 'items'>;
  items: (Omit<SheetItem, 'scoring'> & {
    /** `how`: the method of judging, or what the points are derived from when the year is sealed. */
    scoring: { kind: SheetItem['scoring']['kind']; how: string };
    /** null: not judged yet, which is not zero; always null where it is derived. */
    score: GivenScore | null;
    /** What stood before, the latest first. */
    earlier: GivenScore[];
  })[];
  /** Of the judged items: their points, and the weights of those with and without. */
  judged: { points: string; weightScored: number; weightOpen: number };
}

/** As known and as effective on a day, or now. @throws Refusal `asOf.unreadable` */
export class SheetQuery extends ReadModelQuery<SheetView> {
  constructor(
    readonly region: RegionCode,
    readonly year: number,
    readonly asOf: AsOf = {},
  ) {
    super(evaluationsProjection);
  }
}

export interface CircularView {
  id: string;
  region: { code: RegionCode; name: string };
  period: string;
  eventPosition: string;
  recordedAt: string;
  actor: Actor;
  issued: Issued;
}

/** The latest first. @throws Refusal `paging.…` */
export class CircularsQuery extends ReadModelQuery<Page<CircularView>> {
  constructor(readonly params: { region?: RegionCode; period?: string } & PageRequest) {
    super(evaluationsProjection);
  }
}

/** null where there is none of this id. */
export class CircularQuery extends ReadModelQuery<CircularView | null> {
  constructor(readonly id: string) {
    super(evaluationsProjection);
  }
}
