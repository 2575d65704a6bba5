import { yearOf } from '#libs/kernel/partial-date.js';
import { formerNamesIn, regionName } from '#libs/kernel/regions.js';
import { squeeze } from '#libs/kernel/text.js';
import type { FundingSource, ProjectCategory, ProjectStage } from '#libs/projects/domain/vocabulary.js';
import { sumOf } from './sum-of.js';
import { CONDITIONS, type RegisteredProject } from './registered-project.js';

/** What projects are found, sorted and summed by: columns of `register_project` and of `register_version`. */
export interface FoundBy {
  entered: string;
  category: ProjectCategory;
  stage: ProjectStage;
  regions: string[];
  planned_use_year: number | null;
  name: string;
  place: string;
  code: string | null;
  planned_use: string | null;
  /** Fen, as decimal text. */
  total_fen: string | null;
  planned_fen: string | null;
  self_raised_fen: string | null;
  planned_sources: FundingSource[];
  listed_years: number[];
  ready: boolean;
  search: string;
}

/** A row of `register_project`: the same, and what is shown of a project. */
export interface RegisterRow extends FoundBy {
  project_id: string;
  shown: RegisteredProject;
}

export function foundBy(project: RegisteredProject): FoundBy {
  const { details } = project;
  return {
    entered: project.entered,
    category: details.category,
    stage: project.stage,
    regions: [...details.regions].sort(),
    planned_use_year: details.plannedUse === undefined ? null : yearOf(details.plannedUse),
    name: details.name,
    place: details.place,
    code: project.code,
    planned_use: details.plannedUse ?? null,
    total_fen: details.totalInvestmentFen ?? null,
    planned_fen: project.plan && sumOf(project.plan).toString(),
    self_raised_fen:
      project.plan && sumOf(project.plan.filter(({ source }) => source === 'SelfRaised')).toString(),
    planned_sources: [...new Set(project.plan?.map(({ source }) => source))],
    listed_years: project.lists.flatMap(({ year }) => year ?? []),
    ready: CONDITIONS.every((condition) => project.conditions[condition].met),
    search: searchText(project),
  };
}

/** Fields stand on lines of their own, so that no word is found across two of them. */
function searchText({ details, code }: RegisteredProject): string {
  const { name, place, regions, implementingUnits } = details;
  const counties = regions.flatMap((region) => [
    regionName(region),
    ...formerNamesIn(region).map(({ formerName }) => formerName ?? ''),
  ]);
  return [name, place, ...counties, ...implementingUnits, code ?? '']
    .map((text) => squeeze(text).toLowerCase())
    .join('\n');
}
