import { CAPACITY_KINDS, exactly, type PlannedCapacity } from './capacity.js';

describe('a planned capacity', () => {
  it('is exact or a range, and unknown is absent, not zero', () => {
    const planned: PlannedCapacity = { beds: { low: 100, high: 200 }, places: exactly(0) };
    expect(planned).toEqual({ beds: { low: 100, high: 200 }, places: { low: 0, high: 0 } });
    expect(CAPACITY_KINDS.filter((kind) => !(kind in planned))).toEqual(['nursingBeds', 'inclusivePlaces']);
  });
});
