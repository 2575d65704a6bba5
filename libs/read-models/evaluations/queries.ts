import { Query } from '@nestjs/cqrs';
import type { Issued } from '#libs/circulars/domain/events.js';
import type { Sealed } from '#libs/evaluation/domain/events.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import type { Page, PageRequest } from '../paging.js';

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
export class EvaluationsQuery extends Query<Page<EvaluationView>> {
  constructor(readonly params: { region?: RegionCode; year?: number } & PageRequest) {
    super();
  }
}

/** One by its id, or the last sealed of exactly this region and year; null where there is none. */
export class EvaluationQuery extends Query<EvaluationView | null> {
  constructor(readonly asked: { id: string } | { region: RegionCode; year: number }) {
    super();
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
export class CircularsQuery extends Query<Page<CircularView>> {
  constructor(readonly params: { region?: RegionCode; period?: string } & PageRequest) {
    super();
  }
}

/** null where there is none of this id. */
export class CircularQuery extends Query<CircularView | null> {
  constructor(readonly id: string) {
    super();
  }
}
