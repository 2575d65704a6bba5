import { rational } from '#libs/kernel/rational.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { exactly } from '#libs/plans/domain/indicators/compute.js';
import { quantity, type ProjectMeasure } from '#libs/plans/domain/indicators/quantities.js';
import { asOfCondition, asOfParameters } from '../as-of.js';
import { projectsAsOf } from '../attributes/attribute-sql.js';
import { standsAsOf } from '../timeline/stands.js';
import { lastDay, rowsIn, type PartFinder, type PartScope } from './part.js';

const FIELDS = ['entered', 'regions', 'plannedStart', 'plannedUse', 'withdrawn'] as const;

/** Projects of one set of divisions that were planned and came along in the same years. */
interface ProjectGroup {
  regions: RegionCode[] | null;
  planned_start_year: number | null;
  planned_use_year: number | null;
  started: number | null;
  in_use: number | null;
  withdrawn: boolean;
  projects: number;
  entered: string[];
  start_events: (string | null)[];
  use_events: (string | null)[];
}

const first = (type: string) =>
  `(array_agg(event_id order by position) filter (where event_type = '${type}'))[1]`;
const firstYear = (type: string) => `min(left(effective, 4)::integer) filter (where event_type = '${type}')`;

/**
 * One join on the project: with more, or with a condition on those withdrawn, the planner expects a single project and
 * reads all that happened anew for each.
 */
const GROUPS = `
  with known as (${projectsAsOf('read.capacity_attribute', FIELDS, asOfCondition)}),
  happened as (
    select project_id, ${first('ProjectEnteredPool')} as entered, ${firstYear('ConstructionStarted')} as started,
      ${first('ConstructionStarted')} as start_event, ${firstYear('ProjectCommissioned')} as in_use,
      ${first('ProjectCommissioned')} as use_event
    from read.timeline_event t
    where t.event_type in ('ProjectEnteredPool', 'ConstructionStarted', 'ProjectCommissioned') and ${standsAsOf('t')}
    group by project_id
  )
  select regions, planned_start_year, planned_use_year, started, in_use, withdrawn is not null as withdrawn,
    count(*)::integer as projects, array_agg(happened.entered order by known.entered) as entered,
    array_agg(start_event order by known.entered) as start_events,
    array_agg(use_event order by known.entered) as use_events
  from known join happened using (project_id)
  group by 1, 2, 3, 4, 5, 6
  order by min(known.entered)`;

const by = (year: number | null, end: number) => year !== null && year <= end;

/** Which groups a measure counts, and the events that say so. */
const MEASURES: Record<
  ProjectMeasure,
  { counts: (group: ProjectGroup, end: number) => boolean; events: keyof ProjectGroup }
> = {
  dueToStart: { counts: (g, end) => by(g.planned_start_year, end), events: 'entered' },
  startedOfDue: {
    counts: (g, end) => by(g.planned_start_year, end) && by(g.started, end),
    events: 'start_events',
  },
  dueInUse: { counts: (g, end) => by(g.planned_use_year, end), events: 'entered' },
  inUseOfDue: { counts: (g, end) => by(g.planned_use_year, end) && by(g.in_use, end), events: 'use_events' },
};

/** Projects that were due by the end of a year, and those of them that started or came into use by then. */
export async function projectParts(scope: PartScope): Promise<PartFinder> {
  const asked = [...scope.quantities].some((id) => quantity(id).projects);
  const groups = asked ? await scope.database.query<ProjectGroup[]>(GROUPS, asOfParameters(scope.asOf)) : [];
  const standing = groups.filter((group) => !group.withdrawn);
  const groupsIn = rowsIn(standing, (group) => group.regions);
  return (id, region, year) => {
    const { projects: measure, label } = quantity(id);
    if (!measure) return undefined;
    const { counts, events } = MEASURES[measure];
    const counted = groupsIn(region).filter((group) => counts(group, year));
    const projects = counted.reduce((sum, group) => sum + group.projects, 0);
    return {
      interval: exactly(rational(BigInt(projects), 1n)),
      source: 'register',
      asOf: lastDay(scope.asOf, year),
      explanation: `${label} ${projects} 个（未列计划时间的项目不计）`,
      evidence: [],
      events: counted.flatMap((group) => (group[events] as (string | null)[]).filter((e) => e !== null)),
    };
  };
}
