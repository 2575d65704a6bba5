import { compareDecimals } from './decimal.js';

describe('plain decimals', () => {
  it.each([
    ['9.5', '10', -1],
    ['30.0', '30', 0],
    ['0.1', '0.09', 1],
    ['100', '99.999999999999999999', 1],
  ])('compares %s with %s exactly', (a, b, order) => {
    expect(compareDecimals(a, b)).toBe(order);
    expect(compareDecimals(b, a)).toBe(0 - order);
  });
});
