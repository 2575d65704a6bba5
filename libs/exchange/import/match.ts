import type { RegionCode } from '#libs/kernel/regions.js';
import { squeeze } from '#libs/kernel/text.js';
import { IdentityKeys, type MatchableRow } from './identity.js';
import type { ProjectIdentity } from './known-projects.js';

export type Match =
  | { kind: 'known'; project: ProjectIdentity }
  | { kind: 'new'; projectId: string }
  /** Several projects fit equally well; a person has to say which. */
  | { kind: 'ambiguous'; candidates: ProjectIdentity[] };

/**
 * Finds the project that each row means. A name is no key: in order, the project code; name, place and units together
 * (equals told apart by their number in the list, then by year of use); name and number in the same list; name and
 * units in the same list; the id that the row would give. What is left is new. Yields after each row and project.
 */
export function* matchRows(
  rows: readonly MatchableRow[],
  known: readonly ProjectIdentity[],
  region: RegionCode,
): Generator<void, Match[]> {
  const matching = new Matching(rows, known);
  const keys = new IdentityKeys(region);
  const titles = new Set(rows.map(({ title }) => squeeze(title)));
  const inTheseLists = ({ lists }: ProjectIdentity) =>
    lists.filter(({ title }) => titles.has(squeeze(title)));

  yield* matching.pair(
    ({ row }) => row.code,
    ({ code }) => (code === undefined ? [] : [code]),
  );
  const exactRow = ({ row: { details } }: MatchableRow) =>
    keys.exact(details.name, details.place, details.implementingUnits);
  const exactProject = (project: ProjectIdentity) =>
    keys.exact(project.name, project.place, project.implementingUnits);
  yield* matching.pair(
    ({ title, row }) => row.sequence && `${exactRow({ title, row })}${squeeze(title)}#${row.sequence}`,
    (project) =>
      project.lists.map(({ title, sequence }) => `${exactProject(project)}${squeeze(title)}#${sequence}`),
  );
  yield* matching.pair(
    (row) => `${exactRow(row)}@${row.row.details.plannedUse}`,
    (project) => [`${exactProject(project)}@${project.plannedUse}`],
  );
  yield* matching.pair(exactRow, (project) => [exactProject(project)], 'hold');
  yield* matching.pair(
    ({ title, row }) => row.sequence && keys.listed(row.name, title, row.sequence),
    (project) =>
      inTheseLists(project).flatMap(({ title, sequence }) =>
        sequence === undefined ? [] : [keys.listed(project.name, title, sequence)],
      ),
  );
  yield* matching.pair(
    ({ title, row: { details } }) => keys.nameAndUnits(details.name, details.implementingUnits, title),
    (project) =>
      inTheseLists(project).map(({ title }) =>
        keys.nameAndUnits(project.name, project.implementingUnits, title),
      ),
    'hold',
  );
  yield* matching.pair(
    (row) => keys.newProjectId(row, 0),
    ({ projectId }) => [projectId],
  );
  return yield* matching.finish((row, occurrence) => keys.newProjectId(row, occurrence));
}

/** Pairs rows with projects, key by key; each is paired once. */
class Matching {
  private readonly matches: (Match | undefined)[];
  private readonly free: Set<ProjectIdentity>;

  constructor(
    private readonly rows: readonly MatchableRow[],
    known: readonly ProjectIdentity[],
  ) {
    this.matches = new Array<Match | undefined>(rows.length).fill(undefined);
    this.free = new Set(known);
  }

  /** Pairs one row and one project of the same key. With several of either, `hold` holds the rows back. */
  *pair(
    rowKey: (row: MatchableRow) => string | number | undefined,
    projectKeys: (project: ProjectIdentity) => readonly string[],
    several: 'leave' | 'hold' = 'leave',
  ): Generator<void, void> {
    if (this.free.size === 0) return;
    const rowsByKey = new Map<string, number[]>();
    for (const [index, row] of this.rows.entries()) {
      yield;
      const key = this.matches[index] ? undefined : rowKey(row);
      if (key) add(rowsByKey, String(key), index);
    }
    const projectsByKey = new Map<string, ProjectIdentity[]>();
    for (const project of this.free) {
      yield;
      for (const key of new Set(projectKeys(project)))
        if (rowsByKey.has(key)) add(projectsByKey, key, project);
    }
    for (const [key, projects] of projectsByKey) {
      const indexes = rowsByKey.get(key)!;
      const candidates = projects.filter((project) => this.free.has(project));
      if (indexes.length === 1 && candidates.length === 1) this.claim(indexes[0]!, candidates[0]!);
      else if (several === 'hold' && candidates.length > 0) {
        for (const index of indexes) this.matches[index] = { kind: 'ambiguous', candidates };
      }
    }
  }

  *finish(newProjectId: (row: MatchableRow, occurrence: number) => string): Generator<void, Match[]> {
    const taken = new Set([...this.free].map(({ projectId }) => projectId));
    for (const match of this.matches) if (match?.kind === 'known') taken.add(match.project.projectId);
    const next = new Map<string, number>();
    for (const [index, row] of this.rows.entries()) {
      yield;
      if (this.matches[index]) continue;
      // Rows of one name and place count on from each other, so that thousands of them are numbered in one pass.
      const first = newProjectId(row, 0);
      let occurrence = next.get(first) ?? 0;
      let projectId = occurrence === 0 ? first : newProjectId(row, occurrence);
      while (taken.has(projectId)) projectId = newProjectId(row, ++occurrence);
      next.set(first, occurrence + 1);
      taken.add(projectId);
      this.matches[index] = { kind: 'new', projectId };
    }
    return this.matches as Match[];
  }

  private claim(index: number, project: ProjectIdentity): void {
    this.matches[index] = { kind: 'known', project };
    this.free.delete(project);
  }
}

function add<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
