import { PAGES } from '../../server/web/pages.js';
import { ROUTES } from './routes.js';

it('has a page for every address that the server answers with it, and no other', () => {
  expect(ROUTES.map(({ path }) => path).toSorted()).toEqual([...PAGES].toSorted());
});
