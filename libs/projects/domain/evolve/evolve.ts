import type { ProjectEventType } from '../events.js';
import type { DatedProjectEvent } from '../recorded-event.js';
import type { FactKey, PastEntry, ProjectFacts, ProjectState } from '../state.js';
import { FACT_CHANGES, RESTS_ON } from './facts.js';
import { isFundEvent, post } from './money.js';

/** Folds one event into the state, in place, and returns it. Trusts the event: what was stored was decided. */
export function evolve(state: ProjectState, event: DatedProjectEvent): ProjectState {
  const { id, type, data, effectiveDate } = event;
  const undo = applyFacts(state, event);
  state.entries.set(id, { id, type, data, effectiveDate, reversed: false, undo });
  for (const fact of marked(type, undo)) marksOf(state, fact).push(id);
  if (isFundEvent(event)) post(state.money, event, 1n);
  else if (event.type === 'ProgressReported') reportMonth(state, event);
  else if (event.type === 'BudgetYearClosed') state.closedYears.add(event.data.year);
  else if (event.type === 'EntryDeclined') state.declined.add(event.data.entryId);
  else if (event.type === 'EntryReversed') takeBack(state, state.entries.get(event.data.reversed.id)!);
  return state;
}

function applyFacts(state: ProjectState, event: DatedProjectEvent): Partial<ProjectFacts> {
  const change = FACT_CHANGES[event.type] as
    ((data: unknown, state: ProjectState, event: DatedProjectEvent) => Partial<ProjectFacts>) | undefined;
  if (!change) return {};
  const facts = change(event.data, state, event);
  const keys = Object.keys(facts) as FactKey[];
  const undo = Object.fromEntries(keys.map((key) => [key, state[key]])) as Partial<ProjectFacts>;
  Object.assign(state, facts);
  return undo;
}

function reportMonth(state: ProjectState, { data }: DatedProjectEvent & { type: 'ProgressReported' }): void {
  state.progress.set(data.month, {
    completedFen: BigInt(data.completedFen),
    physicalPercent: data.physicalPercent,
  });
}

function takeBack(state: ProjectState, entry: PastEntry): void {
  entry.reversed = true;
  Object.assign(state, entry.undo);
  for (const fact of marked(entry.type, entry.undo)) {
    const marks = marksOf(state, fact);
    marks.splice(marks.lastIndexOf(entry.id), 1);
  }
  const event = { type: entry.type, data: entry.data } as DatedProjectEvent;
  if (isFundEvent(event)) post(state.money, event, -1n);
  else if (event.type === 'ProgressReported') state.progress.delete(event.data.month);
}

function marked(type: ProjectEventType, undo: Partial<ProjectFacts>): FactKey[] {
  return [...new Set([...(Object.keys(undo) as FactKey[]), ...(RESTS_ON[type] ?? [])])];
}

function marksOf(state: ProjectState, fact: FactKey): string[] {
  let marks = state.marks.get(fact);
  if (!marks) state.marks.set(fact, (marks = []));
  return marks;
}

/** The latest event that set or rests on a fact which this entry set; undefined where the entry is the last. */
export function laterOn(state: ProjectState, entry: PastEntry): PastEntry | undefined {
  for (const fact of Object.keys(entry.undo) as FactKey[]) {
    const last = state.marks.get(fact)?.at(-1);
    if (last !== undefined && last !== entry.id) return state.entries.get(last);
  }
  return undefined;
}
