import { regionName, type RegionCode } from '#libs/kernel/regions.js';
import type { Subject } from './finding-book.js';

/** A region in a year, as a subject: whatever judges regions year by year shows them under the same name. */
export const regionYear = (region: RegionCode, year: number): Subject => ({
  id: `${region}-${year}`,
  kind: 'region',
  name: `${regionName(region)}${year}年`,
  category: null,
  regions: [region],
});
