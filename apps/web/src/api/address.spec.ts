import { addressOf } from './address.js';

describe('addressOf', () => {
  it('fills in the parts of the path and leaves out what was not asked', () => {
    expect(
      addressOf('/projects/{projectId}/events', { projectId: 'a/b' }, { limit: 5, cursor: undefined, q: '' }),
    ).toBe('/projects/a%2Fb/events?limit=5');
  });

  it('says none for null, separates keys by commas and keeps the plus of a time zone', () => {
    const query = { year: null, groupBy: ['source', 'year'], asKnownAt: '2026-01-01T00:00:00+08:00' };
    expect(addressOf('/ledger', {}, query)).toBe(
      '/ledger?year=none&groupBy=source%2Cyear&asKnownAt=2026-01-01T00%3A00%3A00%2B08%3A00',
    );
  });

  it('does not ask with a hole in the path', () => {
    expect(() => addressOf('/projects/{projectId}')).toThrow('projectId');
  });
});
