import { yearOf } from '#libs/kernel/partial-date.js';
import { formerNamesIn, regionName } from '#libs/kernel/regions.js';
import { squeeze } from '#libs/kernel/text.js';
import type { FundingSource, ProjectCategory, ProjectStage } from '#libs/projects/domain/vocabulary.js';
import { sumOf } from './sum-of.js';
import { CONDITIONS, type RegisteredProject } from './registered-project.js';

/** A row of `register_project`: what projects are found by, and what is shown of them. */
export interface RegisterRow {
  project_id: string;
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
  shown: RegisteredProject;
}

export function registerRow(projectId: string, project: RegisteredProject): RegisterRow {
  const { details } = project;
  return {
    project_id: projectId,
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
    shown: project,
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
