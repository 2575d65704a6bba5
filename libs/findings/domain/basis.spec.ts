import { basisOf } from './basis.js';
import type { FindingItem } from './outcome.js';

const item = (more: Partial<FindingItem> = {}): FindingItem => ({
  steps: [{ severity: 'error', from: '2024-12-31' }],
  figures: { recorded: '12800', facilities: '12759', difference: '41' },
  events: ['submission', 'check'],
  among: ['commissioning'],
  sentence: '2024年末托位：统计 12800个 − 设施合计 12759个 = 41个',
  ...more,
});

describe('what a failure rests on', () => {
  const basis = basisOf([item()]);

  it('is the same however it reads, from whichever day it counts and whichever of many events are named', () => {
    expect(basisOf([item({ sentence: '另一种说法' })])).toBe(basis);
    expect(basisOf([item({ steps: [{ severity: 'warning', from: '2025-01-31' }] })])).toBe(basis);
    expect(basisOf([item({ among: ['another commissioning'] })])).toBe(basis);
  });

  it('is another with other figures or events, or one more of them', () => {
    expect(basisOf([item({ figures: { ...item().figures, difference: '42' } })])).not.toBe(basis);
    expect(basisOf([item({ events: ['submission', 'another check'] })])).not.toBe(basis);
    expect(basisOf([item(), item()])).not.toBe(basis);
  });
});
