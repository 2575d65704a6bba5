import type { RegionCode } from '#libs/kernel/regions.js';
import { Findings } from '../layout/finding.js';
import { IdentityKeys, type MatchableRow } from './identity.js';
import type { ProjectIdentity } from './known-projects.js';
import type { Match } from './match.js';

/**
 * Warns of new rows that stand where a project of another name stood in the same list: same number, place and units,
 * and no row means that project any more. It may be the same under a new name, and then its money counts twice; but it
 * may as well be another, so a person has to say (by revising the name first).
 */
export function flagRenames(
  rows: readonly MatchableRow[],
  matches: readonly Match[],
  known: readonly ProjectIdentity[],
  named: ReadonlySet<string>,
  region: RegionCode,
): void {
  const keys = new IdentityKeys(region);
  const gone = new Map<string, ProjectIdentity>();
  for (const project of known) {
    if (named.has(project.projectId)) continue;
    for (const { title, sequence } of project.lists) {
      if (sequence !== undefined) gone.set(keys.stands(project, title, sequence), project);
    }
  }
  if (gone.size === 0) return;
  for (const [index, { title, row }] of rows.entries()) {
    if (matches[index]!.kind !== 'new' || row.sequence === undefined) continue;
    const former = gone.get(keys.stands(row.details, title, row.sequence));
    if (!former) continue;
    const findings = new Findings(row.sheet, row.row);
    const message = `序号、地点和单位与已登记的“${former.name}”相同，而清单不再列出它：如为更名，请先修订其名称再导入，否则按新项目登记`;
    findings.warn('perhapsRenamed', message);
    row.warnings.push(...findings.warnings);
  }
}
