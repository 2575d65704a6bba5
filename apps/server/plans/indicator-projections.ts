import { ledgerProjection } from '#libs/read-models/ledger/projection.js';
import { plansProjection } from '#libs/read-models/plans/projection.js';
import { registerProjection } from '#libs/read-models/register/projection.js';
import { statisticsProjection } from '#libs/read-models/statistics/projection.js';
import { timelineProjection } from '#libs/read-models/timeline/projection.js';
import { yearlyCountsProjection } from '#libs/read-models/yearly-counts/projection.js';

/** What an indicator or a trajectory is computed from. */
export const INDICATOR_PROJECTIONS = [
  plansProjection,
  registerProjection,
  yearlyCountsProjection,
  timelineProjection,
  ledgerProjection,
  statisticsProjection,
] as const;
