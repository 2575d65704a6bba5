import { removed, saved, viewsIn } from './saved-views.js';

it('keeps one view a name', () => {
  const one = saved([], { name: '在建', address: '/projects?stage=UnderConstruction' });
  const two = saved(one, { name: '在建', address: '/projects?stage=Suspended' });
  expect(two).toEqual([{ name: '在建', address: '/projects?stage=Suspended' }]);
  expect(removed(two, '在建')).toEqual([]);
});

it('takes only addresses of the grid from what is stored', () => {
  const good = { name: '全部', address: '/projects' };
  const stored = [
    good,
    { name: 'x', address: 'https://elsewhere.example' },
    { name: 'y', address: '//x' },
    7,
  ];
  expect(viewsIn(JSON.stringify(stored))).toEqual([good]);
  expect([viewsIn('{'), viewsIn(null), viewsIn('{}')]).toEqual([[], [], []]);
});
