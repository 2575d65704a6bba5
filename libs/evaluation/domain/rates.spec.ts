import { compareRates, ratePercent, RateSums, type RatedProject } from './rates.js';

const project = (more: Partial<RatedProject> = {}): RatedProject => ({
  totalFen: null,
  completedFen: 0n,
  allocatedFen: 0n,
  disbursedFen: 0n,
  receivedFen: 0n,
  fiscalReceivedFen: 0n,
  paidFen: 0n,
  plannedStart: null,
  plannedUse: null,
  startedOn: null,
  commissionedOn: null,
  withdrawn: false,
  ...more,
});
const sums = (...projects: RatedProject[]) => {
  const all = new RateSums('2025-12-31');
  for (const each of projects) all.add(each);
  return all;
};

it('adds up before it divides', () => {
  const all = sums(
    project({ allocatedFen: 100n, disbursedFen: 100n }),
    project({ allocatedFen: 900n, disbursedFen: 0n }),
  );
  expect(ratePercent(all.rate('disbursement'))).toBe('10.00');
});

it('leaves work on projects without a total out of the completed rate, and counts them', () => {
  const all = sums(project({ totalFen: 200n, completedFen: 50n }), project({ completedFen: 1000n }));
  expect([ratePercent(all.rate('completed')), all.unknownTotals, all.projects]).toEqual(['25.00', 1, 2]);
});

it('counts as due what was certainly due on the day, and not what was withdrawn', () => {
  const all = sums(
    project({ plannedStart: '2025', startedOn: '2025-12-31' }),
    project({ plannedStart: '2024-06', startedOn: '2026-01-01' }),
    project({ plannedStart: '2025', withdrawn: true }),
    project({ plannedStart: '2026', startedOn: '2025-03-01' }),
    project({ plannedUse: '2025-12', commissionedOn: '2025' }),
  );
  expect(all.rate('start')).toEqual({ part: 1n, of: 2n });
  expect(all.rate('inUse')).toEqual({ part: 1n, of: 1n });
});

it('tells arrival of fiscal money from all that was received', () => {
  const all = sums(
    project({ allocatedFen: 400n, receivedFen: 900n, fiscalReceivedFen: 300n, paidFen: 450n }),
  );
  expect([ratePercent(all.rate('arrival')), ratePercent(all.rate('payment'))]).toEqual(['75.00', '50.00']);
});

it('compares unrounded, and puts what has no base last', () => {
  const [a, b, none] = [
    { part: 1n, of: 3n },
    { part: 3334n, of: 10_000n },
    { part: 0n, of: 0n },
  ];
  expect([ratePercent(a), ratePercent(none)]).toEqual(['33.33', null]);
  expect([none, a, b].toSorted(compareRates)).toEqual([b, a, none]);
});
