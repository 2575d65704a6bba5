import { rowAfter, sightOf, STRETCH, stretchesOf } from './windows.js';

describe('the rows in sight', () => {
  it('are those on the screen with some around, never outside of the table', () => {
    expect(sightOf(0, 400, 40, 1000)).toEqual({ from: 0, to: 22 });
    expect(sightOf(40_000, 400, 40, 50_000)).toEqual({ from: 988, to: 1022 });
    expect(sightOf(1_999_600, 400, 40, 50_000)).toEqual({ from: 49_978, to: 50_000 });
    expect(sightOf(0, 400, 40, 0)).toEqual({ from: 0, to: 0 });
    expect(sightOf(90_000, 400, 40, 5)).toEqual({ from: 5, to: 5 });
  });

  it('lie in stretches, whose neighbours are fetched before they come into sight', () => {
    const total = 4 * STRETCH;
    expect(stretchesOf({ from: STRETCH - 10, to: STRETCH + 1 }, total)).toEqual([0, 1, 2]);
    expect(stretchesOf({ from: 2 * STRETCH, to: 2 * STRETCH + 1 }, total)).toEqual([2, 3, 1]);
    expect(stretchesOf({ from: 0, to: 22 }, 22)).toEqual([0]);
    expect(stretchesOf({ from: 5, to: 5 }, total)).toEqual([]);
  });

  it('are walked with the keys, and not over the edge', () => {
    expect(
      ['ArrowDown', 'ArrowUp', 'PageDown', 'Home', 'End'].map((key) => rowAfter(key, 0, 10, 22)),
    ).toEqual([1, 0, 10, 0, 21]);
    expect(rowAfter('PageDown', 20, 10, 22)).toBe(21);
    expect(rowAfter('a', 3, 10, 22)).toBeUndefined();
  });
});
