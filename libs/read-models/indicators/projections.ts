import { ledgerProjection } from '../ledger/projection.js';
import { plansProjection } from '../plans/projection.js';
import { registerProjection } from '../register/projection.js';
import { statisticsProjection } from '../statistics/projection.js';
import { timelineProjection } from '../timeline/projection.js';
import { yearlyCountsProjection } from '../yearly-counts/projection.js';

/** What an indicator or a trajectory is computed from. */
export const INDICATOR_PROJECTIONS = [
  plansProjection,
  registerProjection,
  yearlyCountsProjection,
  timelineProjection,
  ledgerProjection,
  statisticsProjection,
] as const;
