import { SNAPSHOT_PROJECTIONS } from '#libs/evaluation/snapshot/snapshot.js';
import type { Projection } from '#libs/projection/projection.js';
import { PROJECTIONS } from '#libs/read-models/read-models.js';

/** The projections that snapshots are made of: others are not filled by the bench. */
export const snapshotProjections = (): Projection[] =>
  PROJECTIONS.filter(({ name }) => SNAPSHOT_PROJECTIONS.includes(name));
