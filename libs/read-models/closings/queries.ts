import type { RegionCode } from '#libs/kernel/regions.js';
import { ReadModelQuery } from '../read-model-query.js';
import { registerProjection } from '../register/projection.js';
import { closingsProjection } from './projection.js';

/** One budget year of a region: how far it is closed, and the moments to ask the ledger about it by. */
export interface ClosedYear {
  year: number;
  /** Projects of the region whose year is closed. */
  closed: number;
  /** Projects of the region whose year is open: entered since, or refused then. 0: the region's year is closed. */
  open: number;
  /** When the first project was closed. ISO 8601, UTC. */
  firstClosedAt: string;
  /**
   * When the last project was closed: `asKnownAt` this instant, the ledger says for ever what it said at the closing,
   * whatever 以前年度 corrections follow.
   */
  lastClosedAt: string;
}

/** Budget years that are closed on at least one project of the region, the latest first. */
export class ClosedYearsQuery extends ReadModelQuery<ClosedYear[]> {
  constructor(readonly params: { region?: RegionCode; year?: number }) {
    super(closingsProjection, registerProjection);
  }
}
