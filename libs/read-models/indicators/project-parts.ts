import { rational } from '#libs/kernel/rational.js';
import type { RegionCode } from '#libs/kernel/regions.js';
import { exactly } from '#libs/plans/domain/indicators/compute.js';
import { quantity, type ProjectMeasure } from '#libs/plans/domain/indicators/quantities.js';
import { asOfCondition, asOfParameters } from '../as-of.js';
import { scopeParameters } from '../scope.js';
import { CAPACITY_SCOPE } from '../yearly-counts/yearly-counts-sql.js';
import { standsIn, yearEnd, type PartFinder, type PartScope } from './part.js';

/** Projects of one set of divisions that were planned and came along in the same years. */
interface ProjectGroup {
  regions: RegionCode[] | null;
  planned_start_year: number | null;
  planned_use_year: number | null;
  started: number | null;
  in_use: number | null;
  projects: number;
  entered: string[];
  start_events: (string | null)[];
  use_events: (string | null)[];
}

const GROUPS = `
  with ${CAPACITY_SCOPE},
  happened as (
    select t.project_id, t.event_type, min(left(t.effective, 4)::integer) as year,
      (array_agg(t.event_id order by t.position))[1] as event_id
    from read.timeline_event t
    where t.event_type in ('ConstructionStarted', 'ProjectCommissioned') and ${asOfCondition('t')}
      and not exists (select from read.timeline_event r where r.event_id = t.reversed_by and ${asOfCondition('r')})
    group by t.project_id, t.event_type
  )
  select scope.regions, scope.planned_start_year, scope.planned_use_year, s.year as started, u.year as in_use,
    count(*)::integer as projects, array_agg(e.event_id order by scope.entered) as entered,
    array_agg(s.event_id order by scope.entered) as start_events,
    array_agg(u.event_id order by scope.entered) as use_events
  from scope
    join read.capacity_attribute e on e.project_id = scope.project_id and e.field = 'entered'
      and e.position = scope.entered
    left join happened s on s.project_id = scope.project_id and s.event_type = 'ConstructionStarted'
    left join happened u on u.project_id = scope.project_id and u.event_type = 'ProjectCommissioned'
  where scope.withdrawn is null
  group by 1, 2, 3, 4, 5
  order by min(scope.entered)`;

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
  const groups = asked
    ? await scope.database.query<ProjectGroup[]>(GROUPS, [
        ...asOfParameters(scope.asOf),
        ...scopeParameters({}),
      ])
    : [];
  return (id, region, year) => {
    const { projects: measure, label } = quantity(id);
    if (!measure) return undefined;
    const { counts, events } = MEASURES[measure];
    const counted = groups.filter((group) => standsIn(group.regions, region) && counts(group, year));
    const projects = counted.reduce((sum, group) => sum + group.projects, 0);
    return {
      interval: exactly(rational(BigInt(projects), 1n)),
      source: 'register',
      asOf: yearEnd(year),
      explanation: `${label} ${projects} 个(未列计划时间的项目不计)`,
      evidence: [],
      events: counted.flatMap((group) => (group[events] as (string | null)[]).filter((e) => e !== null)),
    };
  };
}
