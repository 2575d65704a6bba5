import { regionPrefix, type RegionCode } from '#libs/kernel/regions.js';

/** Conditions on projects that every read model understands. */
export interface ScopeFilter {
  projectId?: string;
  region?: RegionCode;
  regionSet?: readonly RegionCode[];
  category?: string;
}

/**
 * Parameters for `SCOPE_CONDITION`, null where nothing is asked: project id, region prefix, region set, category.
 */
export function scopeParameters(filter: ScopeFilter): (string | string[] | null)[] {
  return [
    filter.projectId ?? null,
    filter.region === undefined ? null : regionPrefix(filter.region),
    filter.regionSet === undefined ? null : [...filter.regionSet].sort(),
    filter.category ?? null,
  ];
}

/** Over the columns project_id, regions and category; parameters from $3 on, behind the two of `asOfParameters`. */
export const SCOPE_CONDITION = `
  ($3::uuid is null or project_id = $3)
  and ($4::text is null or exists (select from unnest(regions) region where starts_with(region, $4)))
  and ($5::text[] is null or regions = $5)
  and ($6::text is null or category = $6)`;

export const SCOPE_PARAMETERS_END = 6;
