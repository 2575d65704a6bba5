import Sequencer from '@jest/test-sequencer';

/** They take a quarter of a minute and more each: begun last, they would keep one core waiting for the other. */
const LONGEST = [
  'test/browser/project-story.spec.ts',
  'test/smoke/demo.spec.ts',
  'test/conservation/conservation.spec.ts',
  'test/tampering/store.spec.ts',
  'test/browser/figures-story.spec.ts',
  'libs/database/embedded/embedded-postgres.spec.ts',
  'libs/event-store/eventstoredb/eventstoredb-event-store.spec.ts',
  'libs/read-models/indicators/indicators-by-region.spec.ts',
  'test/evaluation/sealed-snapshot.spec.ts',
  'test/cli/published-list.spec.ts',
  'libs/read-models/ledger/ledger-as-of.spec.ts',
];
/** Who starts a browser, a whole platform or a store of its own takes longer than who only computes. */
const FOLDERS = ['test/browser/', 'test/', 'libs/read-models/', 'libs/projection/', 'libs/event-store/'];

/** In a fresh clone Jest knows of no times and begins with the largest files, which the longest are not. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = (order, { path }) => {
      const at = order.findIndex((part) => path.includes(`/${part}`));
      return at < 0 ? order.length : at;
    };
    return super
      .sort(tests)
      .toSorted(
        (one, other) =>
          place(LONGEST, one) - place(LONGEST, other) || place(FOLDERS, one) - place(FOLDERS, other),
      );
  }
}
