import type { AppendRequest } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { addDays } from './calendar.js';
import { construct } from './construction.js';
import { drawFundingMix } from './funding-mix.js';
import type { Story } from './life.js';
import { operate } from './operation.js';
import { prepare, type Cast } from './preparation.js';
import { drawProfile } from './profile.js';
import { Purse } from './purse.js';
import { Random } from './random.js';
import { secondPhase } from './second-phase.js';
import { recordLife } from './record-life.js';

export interface PrefectureOptions {
  /** 1 to 99. */
  counties: number;
  /** Years in which projects enter the pool, the last being the year of `until`. */
  years: number;
  seed: number;
  /** Projects that enter the pool in each county each year. Default 4. */
  projectsPerCountyYear?: number;
  /** The made-up present: nothing is recorded after this day. Default 2026-06-30. */
  until?: string;
}

export const SAMPLE_UNTIL = '2026-06-30';
const DEFAULT_PROJECTS = 4;

/** How many projects enter the pool by the options; second phases that some of them lead to come on top. */
export function projectCount({
  counties,
  years,
  projectsPerCountyYear = DEFAULT_PROJECTS,
}: PrefectureOptions): number {
  return counties * years * projectsPerCountyYear;
}

/**
 * The made-up prefecture 示例州 (990100), one project's whole life (and its second phase) at a time: memory does not grow with the number
 * of projects. The same options give the same ids and bytes; more counties, years or projects only add to them.
 */
export function* generatePrefecture(options: PrefectureOptions): Generator<AppendRequest> {
  const { counties, years, seed, projectsPerCountyYear = DEFAULT_PROJECTS, until = SAMPLE_UNTIL } = options;
  const lastYear = Number(until.slice(0, 4));
  for (let year = lastYear - years + 1; year <= lastYear; year++) {
    for (let county = 1; county <= counties; county++) {
      for (let sequence = 1; sequence <= projectsPerCountyYear; sequence++) {
        for (const request of generateProject(seed, county, year, sequence, until)) {
          if (request.events.length > 0) yield request;
        }
      }
    }
  }
}

function generateProject(
  seed: number,
  county: number,
  year: number,
  sequence: number,
  until: string,
): AppendRequest[] {
  const words = [seed, county, year, sequence];
  const random = new Random(...words);
  const profile = drawProfile(random, `9901${String(county).padStart(2, '0')}`, year, sequence);
  let documents = 0;
  const cast: Cast = {
    random,
    projectId: idFor('sample-project', ...words.map(String)),
    profile,
    lines: drawFundingMix(random, profile.totalFen, year + 1),
    pooledOn: addDays(`${year}-01-05`, random.int(0, 200)),
    until,
    document: (day) => `示例文〔${day.slice(0, 4)}〕${county}-${sequence}-${(documents += 1)}号`,
  };
  const life = recordLife(cast.projectId, lifeOf(cast, year), random, until);
  if (!cast.handedOver) return [life];
  const { handedOver } = cast;
  return [life, recordLife(handedOver.half.counterpartId, secondPhase(cast, handedOver), random, until)];
}

function* lifeOf(cast: Cast, pooledIn: number): Story {
  const ready = yield* prepare(cast);
  if (!ready) return;
  const purse = new Purse(cast.lines, pooledIn + 1);
  const builtOn = yield* construct(cast, purse);
  yield* operate(cast, purse, builtOn);
}
