import { canonicalJson } from '#libs/kernel/canonical.js';
import { isProjectCode } from '#libs/kernel/project-code.js';
import type { ProjectDetails } from '../events.js';
import { refuse } from '../refusal-codes.js';
import { listingKey, readinessKey } from '../state.js';
import { READINESS_CONDITIONS } from '../vocabulary.js';
import { assertPlannedCapacity } from './capacity-rules.js';
import { assertText, type Handlers } from './guards.js';

/** What the registers say of a project: pool, details, code, lists, libraries, readiness. */
export const detailsHandlers: Handlers<
  | 'EnterPool'
  | 'ReviseDetails'
  | 'AssignCode'
  | 'ListForYear'
  | 'Delist'
  | 'EnterNationalLibrary'
  | 'MeetReadinessCondition'
  | 'LapseReadinessCondition'
> = {
  EnterPool: (data) => {
    assertDetails(data.details);
    return [{ type: 'ProjectEnteredPool', data }];
  },
  ReviseDetails: ({ details }, state) => {
    assertDetails(details);
    const { before, after } = difference(state.details!, details);
    const same = Object.keys(before).length === 0 && Object.keys(after).length === 0;
    return same ? [] : [{ type: 'ProjectDetailsRevised', data: { before, after } }];
  },
  AssignCode: ({ code }, state) => {
    if (!isProjectCode(code)) {
      refuse('code.malformed', `项目代码“${code}”应为 24 位，形如 2509-320193-89-01-544060，前四位是年月`, {
        code,
      });
    }
    if (code === state.code) return [];
    const previous = state.code === undefined ? {} : { previousCode: state.code };
    return [{ type: 'ProjectCodeAssigned', data: { code, ...previous } }];
  },
  // A list of the same year that is issued again with other numbers replaces the earlier one.
  ListForYear: (data, state) => {
    const listed = state[listingKey(data.year)];
    const same = listed?.listTitle === data.listTitle && listed.sequence === data.sequence;
    return same ? [] : [{ type: 'ProjectListedForYear', data }];
  },
  Delist: (data, state) => {
    if (!state[listingKey(data.year)]) {
      refuse('listing.notListed', `项目不在 ${data.year} 年度清单中`, { year: data.year });
    }
    return [{ type: 'ProjectDelisted', data }];
  },
  EnterNationalLibrary: (data, { nationalLibrary }) => {
    if (nationalLibrary) refuse('nationalLibrary.alreadyEntered', '项目已进入国家重大建设项目库');
    return [{ type: 'ProjectEnteredNationalLibrary', data }];
  },
  // What is said anew of a condition that is met already replaces its note; where nothing new is said it stands.
  MeetReadinessCondition: (data, state) => {
    const met = state[readinessKey(data.condition)];
    const same = met !== undefined && (data.note === undefined || data.note === met.note);
    return same ? [] : [{ type: 'ReadinessConditionMet', data }];
  },
  LapseReadinessCondition: (data, state) => {
    if (!state[readinessKey(data.condition)]) {
      const { condition } = data;
      refuse('readiness.notMet', `“${READINESS_CONDITIONS[condition]}”条件尚未落实，不能记为失效`, {
        condition,
      });
    }
    return [{ type: 'ReadinessConditionLapsed', data }];
  },
};

function assertDetails(details: ProjectDetails): void {
  assertText(details.name, 'name', '项目名称');
  assertPlannedCapacity(details.plannedCapacity);
}

/** The fields that differ; one that is unknown is absent on that side. */
function difference(old: ProjectDetails, now: ProjectDetails) {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const field of new Set([...Object.keys(old), ...Object.keys(now)]) as Set<keyof ProjectDetails>) {
    if (canonicalJson(old[field] ?? null) === canonicalJson(now[field] ?? null)) continue;
    if (old[field] !== undefined) before[field] = old[field];
    if (now[field] !== undefined) after[field] = now[field];
  }
  return { before: before as Partial<ProjectDetails>, after: after as Partial<ProjectDetails> };
}
