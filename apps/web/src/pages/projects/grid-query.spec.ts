import { chosenColumns, USUAL } from './columns.js';
import { viewOf } from '../../state/view.js';
import { addressQueryOf, filterOf, gridOf, sortedBy } from './grid-query.js';

describe('the grid in the address', () => {
  it('comes back as it was written, and writes nothing for what is as usual', () => {
    const grid = gridOf({
      category: 'Childcare',
      q: '托育 中心',
      sort: 'name',
      descending: 'true',
      columns: 'name,place',
    });
    expect(gridOf(addressQueryOf(grid))).toEqual(grid);
    expect(addressQueryOf(gridOf({}))).toEqual({});
    expect(gridOf({ year: 'abcd' }).year).toBe('');
  });

  it('asks the API for what is filtered only', () => {
    const view = viewOf({ region: '513400', effective: '2025-12-31' });
    expect(filterOf(gridOf({ year: '2025', q: '' }), view)).toEqual({
      year: '2025',
      region: '513400',
      asEffectiveOn: '2025-12-31',
    });
  });

  it('turns the order with each click and comes back to the order of entry', () => {
    let grid = gridOf({});
    const orders = [1, 2, 3].map(() => {
      grid = { ...grid, ...sortedBy(grid, 'name') };
      return [grid.sort, grid.descending];
    });
    expect(orders).toEqual([
      ['name', false],
      ['name', true],
      ['entered', false],
    ]);
  });

  it('never hides the name', () => {
    expect(chosenColumns(['place', 'colour']).map(({ key }) => key)).toEqual(['name', 'place']);
    expect(chosenColumns(USUAL)).toHaveLength(USUAL.length);
  });
});
