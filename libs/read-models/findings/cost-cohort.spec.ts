import fc from 'fast-check';
import { cohortOf } from '#libs/findings/domain/cohorts.js';
import { Parameters } from '#libs/findings/domain/parameters.js';
import {
  costLimits,
  costKind,
  unitCostOf,
  type Comparable,
} from '#libs/findings/domain/rules/c2-cost-outside-cohort.js';
import { compare } from '#libs/kernel/rational.js';
import { CostCohort } from './cost-cohort.js';

const source = '示例';
const PARAMETERS = new Parameters([
  { name: 'C2.leastProjects', from: '1949-10-01', value: '3', source },
  { name: 'C2.lowestShareOfMedian', from: '1949-10-01', value: '1/3', source },
  { name: 'C2.highestShareOfMedian', from: '1949-10-01', value: '3', source },
  { name: 'C2.highestShareOfMedian', from: '2025-01-01', value: '1.5', source },
]);

const limitsOf = ({ since }: Comparable) => costLimits(since, PARAMETERS);
const comparable = (totalFen: number, units: string, since: string): Comparable => ({
  cohort: 'ElderlyCare/9901/beds',
  measure: 'beds',
  units,
  totalFen: String(totalFen),
  since,
  regions: ['990101'],
  events: [],
});

/** A step adds a project, or takes away one of those that are there. */
const step = fc.oneof(
  fc.record({
    totalFen: fc.integer({ min: 1, max: 40 }),
    // The same cost comes of other amounts and units too.
    units: fc.constantFrom('5', '10', '20'),
    since: fc.constantFrom('2024-05-01', '2024-06-01', '2025-05-01'),
  }),
  fc.record({ takeAway: fc.nat() }),
);

test('who changes sides is who would be judged otherwise if all were judged anew', () => {
  let changes = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 60 }), fc.nat({ max: 30 }), (steps, reloadAt) => {
      const said = new Map<string, string>();
      const standing = new Map<string, Comparable>();
      let cohort = new CostCohort([], limitsOf);
      for (const [n, what] of steps.entries()) {
        if (n === reloadAt) {
          const members = [...standing].map(([projectId, own]) => ({
            projectId,
            comparable: own,
            kind: said.get(projectId) as 'pass' | undefined,
          }));
          cohort = new CostCohort(members, limitsOf);
        }
        if ('takeAway' in what) {
          const gone = [...standing][what.takeAway % (standing.size || 1)];
          if (!gone) continue;
          cohort.remove(...gone);
          standing.delete(gone[0]);
        } else {
          const own = comparable(what.totalFen, what.units, what.since);
          cohort.add({ projectId: `p${n}`, comparable: own, kind: undefined });
          standing.set(`p${n}`, own);
        }
        const judged = cohort.judge();
        for (const { projectId, kind } of judged.changed) {
          expect(said.get(projectId)).not.toBe(kind);
          said.set(projectId, kind!);
          changes += 1;
        }
        const anew = cohortOf([...standing.values()].map(unitCostOf).toSorted(compare));
        expect(judged.cohort).toEqual(anew);
        for (const [projectId, own] of standing) {
          expect(said.get(projectId)).toBe(costKind(own, anew, PARAMETERS));
        }
      }
    }),
  );
  expect(changes).toBeGreaterThan(100);
});
