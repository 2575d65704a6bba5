import { canonicalJson } from '#libs/kernel/canonical.js';
import type { Json } from '#libs/kernel/json.js';
import { yearOf } from '#libs/kernel/partial-date.js';
import type { ProjectIntent } from '#libs/projects/application/submission.js';
import type { FundingPlanLine, ProjectDetails } from '#libs/projects/domain/events.js';
import type { ProjectState } from '#libs/projects/domain/state.js';
import type { ListRow } from '../project-list/list-row.js';
import type { MatchableRow } from './identity.js';
import type { RowChange } from '../report/report.js';

/** Reason given for what a changed list changes. */
export const REVISION_REASON = '重大项目清单更新';

export interface PlannedCommands {
  commands: ProjectIntent[];
  changes: RowChange[];
}

/** What records a project that is not known yet: pool, code, plan by source, list of its year. */
export function commandsForNew({ title, row }: MatchableRow, projectId: string): ProjectIntent[] {
  const { details, code, funding, sequence } = row;
  const list = { title, ...(sequence !== undefined && { sequence }) };
  const commands: ProjectIntent[] = [{ type: 'EnterPool', data: { projectId, details, list } }];
  if (code !== undefined) commands.push({ type: 'AssignCode', data: { code } });
  if (funding.length > 0) commands.push({ type: 'PlanFunding', data: { lines: funding, asListed: true } });
  const listing = listingOf({ title, row });
  if (listing) commands.push({ type: 'ListForYear', data: listing });
  return commands;
}

/** What a row changes of a known project, and nothing else: what the list has no column for stays as it is. */
export function commandsForKnown(matchable: MatchableRow, state: ProjectState): PlannedCommands {
  const { row } = matchable;
  const planned: PlannedCommands = { commands: [], changes: [] };
  const details = mergedDetails(row.details, row, state.details!);
  const changed = differences(state.details!, details);
  if (changed.length > 0) {
    planned.commands.push({ type: 'ReviseDetails', data: { details } });
    planned.changes.push(...changed);
  }
  if (row.code !== undefined && row.code !== state.code) {
    planned.commands.push({ type: 'AssignCode', data: { code: row.code } });
    planned.changes.push(change('code', state.code, row.code));
  }
  const plan = state.plan ?? [];
  const lines = mergedPlan(plan, row);
  if (canonicalJson(lines) !== canonicalJson(plan)) {
    planned.commands.push({ type: 'PlanFunding', data: { lines, reason: REVISION_REASON, asListed: true } });
    planned.changes.push(change('fundingPlan', [...plan], lines));
  }
  addListing(planned, matchable, state);
  return planned;
}

function listingOf({ title, row }: MatchableRow) {
  const { plannedUse } = row.details;
  if (plannedUse === undefined) return undefined;
  return {
    year: yearOf(plannedUse),
    listTitle: title,
    ...(row.sequence !== undefined && { sequence: row.sequence }),
  };
}

/** The list names a project for one year: another year of the same list is taken back. */
function addListing(
  { commands, changes }: PlannedCommands,
  matchable: MatchableRow,
  state: ProjectState,
): void {
  const now = listingOf(matchable);
  const listings = Object.keys(state)
    .filter((key): key is `listing.${number}` => key.startsWith('listing.'))
    .flatMap((key) => state[key] ?? []);
  const same = listings.find((listing) => listing.year === now?.year);
  const outdated = listings.filter(
    ({ listTitle, year }) => listTitle === matchable.title && year !== now?.year,
  );
  for (const listing of outdated) {
    commands.push({ type: 'Delist', data: { year: listing.year, reason: REVISION_REASON } });
  }
  const isNew = now !== undefined && canonicalJson(same ?? null) !== canonicalJson(now);
  if (isNew) commands.push({ type: 'ListForYear', data: now });
  if (isNew || outdated.length > 0) changes.push(change('listing', outdated[0] ?? same, now));
}

/** The row's details, with what the list has no column for taken from the project. */
function mergedDetails(
  printed: ProjectDetails,
  { fields }: ListRow,
  current: ProjectDetails,
): ProjectDetails {
  const details: ProjectDetails = { ...printed };
  const keep = <K extends keyof ProjectDetails>(field: K) => {
    if (current[field] !== undefined) details[field] = current[field];
  };
  const has = (...names: Parameters<typeof fields.has>[0][]) => names.some((name) => fields.has(name));
  if (!has('nature') || !printed.constructionNature) keep('constructionNature');
  if (!has('plannedStart')) keep('plannedStart');
  if (!has('scope')) keep('scope');
  if (!has('scope', 'floorArea')) keep('floorAreaM2');
  if (!has('scope', 'facilityCount')) keep('facilityCount');
  if (!has('scope', 'beds', 'nursingBeds', 'places', 'inclusivePlaces')) keep('plannedCapacity');
  keep('bedScope');
  return details;
}

/**
 * The plan with the row's amounts in it. A source whose lines already add up to the printed amount keeps them, with
 * their budget years, and sources without a column in the list are not touched.
 */
function mergedPlan(plan: readonly FundingPlanLine[], { sources, funding }: ListRow): FundingPlanLine[] {
  let lines = [...plan];
  for (const column of sources) {
    const isOf = (line: FundingPlanLine) =>
      line.source === column.source && (column.level === undefined || line.level === column.level);
    const printed = funding.filter(isOf);
    if (sumOf(printed) === sumOf(lines.filter(isOf))) continue;
    lines = [...lines.filter((line) => !isOf(line)), ...printed];
  }
  return lines;
}

const sumOf = (lines: readonly FundingPlanLine[]) =>
  lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);

function differences(before: ProjectDetails, after: ProjectDetails): RowChange[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof ProjectDetails>;
  return [...fields]
    .filter((field) => canonicalJson(before[field] ?? null) !== canonicalJson(after[field] ?? null))
    .map((field) => change(field, before[field], after[field]));
}

function change(field: string, before: unknown, after: unknown): RowChange {
  return {
    field,
    ...(before !== undefined && { before: before as Json }),
    ...(after !== undefined && { after: after as Json }),
  };
}
