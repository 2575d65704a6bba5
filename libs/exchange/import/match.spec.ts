import { atOnce } from '#libs/kernel/testing/at-once.js';
import { FIRST, HEADER, interpretOne, TITLE } from '../project-list/testing/list-sheet.js';
import type { MatchableRow } from './identity.js';
import type { ProjectIdentity } from './known-projects.js';
import { matchRows } from './match.js';

const LIST = '测试清单';

interface Facts {
  sequence?: number;
  name?: string;
  place?: string;
  units?: string;
  use?: string;
  code?: string;
  title?: string;
}

function row({ sequence = 1, name, place, units, use, code, title = LIST }: Facts): MatchableRow {
  const [, firstName, category, firstUse, firstPlace, scope, total, own, firstUnits] = FIRST;
  const cells = [name ?? firstName!, category!, use ?? firstUse!, place ?? firstPlace!, scope!, total!, own!];
  const printed = [String(sequence), ...cells, units ?? firstUnits!, code ?? ''];
  const [read] = interpretOne([TITLE, [...HEADER, '项目代码'], printed]).rows;
  return { title, row: read as MatchableRow['row'] };
}

function known(projectId: string, facts: Facts): ProjectIdentity {
  const { details, sequence, code } = row(facts).row;
  const { name, place, implementingUnits, plannedUse } = details;
  const lists = [{ title: facts.title ?? LIST, sequence: sequence! }];
  return {
    projectId,
    name,
    place,
    implementingUnits,
    lists,
    ...(plannedUse && { plannedUse }),
    ...(code && { code }),
  };
}

const CODE = '2301-513429-89-01-544060';
const match = (rows: Facts[], projects: ProjectIdentity[]) =>
  atOnce(matchRows(rows.map(row), projects, '513400')).map((found) => {
    if (found.kind === 'known') return found.project.projectId;
    return found.kind === 'new' ? 'new' : found.candidates.map(({ projectId }) => projectId);
  });

describe('matchRows', () => {
  it('follows a project code, whatever else has changed', () => {
    const projects = [known('a', { code: CODE }), known('b', { name: '别的' })];
    expect(match([{ code: CODE, name: '别的', title: '新清单' }], projects)).toEqual(['a']);
  });

  it('finds the same name, place and units, in whatever list', () => {
    expect(match([{ title: '新清单', sequence: 9, use: '2030年' }], [known('a', {})])).toEqual(['a']);
  });

  it('takes no notice of spaces, quotes and the former name of a county', () => {
    const project = known('a', { name: '会理县“全覆盖”敬老院', place: '会理市' });
    expect(match([{ name: '会理市"全覆盖" 敬老院', place: '会理县' }], [project])).toEqual(['a']);
  });

  it('does not take a name alone for a key', () => {
    const project = known('a', { name: '日间照料中心', place: '美姑县', units: '美姑县民政局' });
    const other = { name: '日间照料中心', place: '金阳县', units: '金阳县民政局', sequence: 2 };
    expect(match([other], [project])).toEqual(['new']);
  });

  it('tells equals apart by their number in the list, then by their year of use', () => {
    const projects = [known('a', { sequence: 1, use: '2023年' }), known('b', { sequence: 2, use: '2024年' })];
    expect(match([{ sequence: 2 }, { sequence: 1 }], projects)).toEqual(['b', 'a']);
    const elsewhere = { title: '新清单', use: '2024年' };
    expect(match([{ ...elsewhere, sequence: 7 }], projects)).toEqual(['b']);
    expect(match([{ title: '新清单', use: '2025年' }], projects)).toEqual([['a', 'b']]);
  });

  it('follows the number in the same list where place or units changed', () => {
    const project = known('a', { sequence: 3 });
    expect(match([{ sequence: 3, place: '西昌市', units: '西昌市民政局' }], [project])).toEqual(['a']);
    expect(
      match([{ sequence: 3, place: '西昌市', units: '西昌市民政局', title: '新清单' }], [project]),
    ).toEqual(['new']);
  });

  it('follows name and units in the same list where number and place changed, and asks where several have them', () => {
    const changed = { sequence: 8, place: '布拖县特木里镇' };
    expect(match([changed], [known('a', {})])).toEqual(['a']);
    const two = [known('a', { sequence: 1 }), known('b', { sequence: 2, place: '布拖县拖觉镇' })];
    expect(match([changed], two)).toEqual([['a', 'b']]);
  });

  it('pairs each project once', () => {
    expect(match([{ sequence: 1 }, { sequence: 5, use: '2030年' }], [known('a', {})])).toEqual(['a', 'new']);
  });

  it('gives new rows of one name and place ids of their own, the same each time', () => {
    const twins = [{ sequence: 1 }, { sequence: 2, use: '2024年' }].map(row);
    const ids = () =>
      atOnce(matchRows(twins, [], '513400')).map((found) => found.kind === 'new' && found.projectId);
    expect(new Set(ids()).size).toBe(2);
    expect(ids()).toEqual(ids());
  });
});
