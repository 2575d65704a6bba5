import Sequencer from '@jest/test-sequencer';

/** They compute for half a minute each, on one core: begun last, they would keep the other one waiting. */
const LONGEST = [
  'libs/event-store/eventstoredb/eventstoredb-event-store.spec.ts',
  'test/conservation/conservation.spec.ts',
  'test/evaluation/sealed-snapshot.spec.ts',
];

/** In a fresh clone Jest knows of no times and begins with the largest files, which the longest are not. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => LONGEST.some((end) => path.endsWith(end));
    return super.sort(tests).toSorted((one, other) => rank(other) - rank(one));
  }
}
