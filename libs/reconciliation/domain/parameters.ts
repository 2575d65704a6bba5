import { Parameters } from '#libs/findings/domain/parameters.js';

/** What reconciling goes by, and from when. A change is a new entry, so an old outcome can be told from a new one. */
export const RECONCILIATION_PARAMETERS = new Parameters([
  {
    name: 'proposedWithinDays',
    from: '2000-01-01',
    value: '5',
    source: '办理惯例，待财政部门确认',
  },
]);
