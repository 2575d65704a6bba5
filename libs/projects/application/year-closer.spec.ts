import { StoreUnavailable } from '#libs/event-store/errors.js';
import { MemoryEventStore } from '#libs/event-store/memory/memory-event-store.js';
import type { AppendRequest, AppendResult } from '#libs/event-store/port.js';
import { idFor } from '#libs/kernel/ids.js';
import { projectStream } from '../domain/events.js';
import { ProjectRecorder } from './project-recorder.js';
import type { ProjectSubmission } from './submission.js';
import { YearCloser, type YearClosingRequest } from './year-closer.js';

const NOW = new Date('2026-01-05T04:00:00.000Z');
const FINANCE = { user: '示例用户', unit: '示例州财政局', role: 'Finance', region: '990100' };
const COMMISSION = { ...FINANCE, unit: '示例州发展改革委', role: 'DevelopmentReform' };
const REQUEST: YearClosingRequest = { region: '990100', year: 2025, actor: FINANCE };
const MANY = 450;

const projects = Array.from({ length: MANY }, (_, n) => ({
  projectId: idFor('closing project', String(n)),
  name: `示例项目${n}`,
}));

function entry({ projectId, name }: { projectId: string; name: string }): ProjectSubmission {
  const details = {
    name,
    category: 'ElderlyCare' as const,
    regions: ['990101'],
    place: '示例1县',
    implementingUnits: [],
    plannedCapacity: {},
  };
  return {
    projectId,
    commands: [{ type: 'EnterPool', data: { projectId, details } }],
    effectiveDate: '2025-01',
    actor: COMMISSION,
    commandId: idFor('entry', projectId),
    evidence: [],
  };
}

/** A store that is lost after so many calls to append, as when the process dies in between. */
class LostAfter extends MemoryEventStore {
  calls = Infinity;
  override append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    if (this.calls-- <= 0) throw new StoreUnavailable('connection lost');
    return super.append(requests);
  }
}

async function bench(known = projects) {
  const store = new LostAfter();
  const recorder = new ProjectRecorder(store, () => NOW);
  await recorder.recordBatch(projects.map(entry));
  const closer = new YearCloser({ recorder, projectsIn: async () => known, now: () => NOW });
  const closings = async (): Promise<number> => {
    let found = 0;
    for (const { projectId } of projects) {
      for await (const { type } of store.readStream(projectStream(projectId))) {
        if (type === 'BudgetYearClosed') found += 1;
      }
    }
    return found;
  };
  return { store, closer, closings };
}

it('closes the year of every project, chunk by chunk, and names the last position', async () => {
  const { store, closer, closings } = await bench();
  const seen: [number, number][] = [];
  const { closing, position } = await closer.close(REQUEST, (done, total) => seen.push([done, total]));
  expect(closing).toEqual({ region: '990100', year: 2025, closed: MANY, unchanged: 0, refused: [] });
  expect(position).toBe(await store.lastPosition());
  expect(seen).toEqual([
    [200, 450],
    [400, 450],
    [450, 450],
  ]);
  expect(await closings()).toBe(MANY);
});

it('run again, closes nothing twice: the same closing, another day, another hand', async () => {
  const { closer, closings } = await bench();
  await closer.close(REQUEST);
  for (const again of [
    REQUEST,
    { ...REQUEST, effectiveDate: '2026-01-04' },
    { ...REQUEST, actor: { ...FINANCE, user: '另一用户' } },
  ]) {
    const { closing, position } = await closer.close(again);
    expect(closing).toMatchObject({ closed: 0, unchanged: MANY, refused: [] });
    expect(position).toBeUndefined();
  }
  expect(await closings()).toBe(MANY);
});

it('cut short and run again, completes', async () => {
  const { store, closer, closings } = await bench();
  store.calls = 2;
  await expect(closer.close(REQUEST)).rejects.toBeInstanceOf(StoreUnavailable);
  expect(await closings()).toBe(400);
  store.calls = Infinity;
  const { closing } = await closer.close(REQUEST);
  expect(closing).toMatchObject({ closed: 50, unchanged: 400, refused: [] });
  expect(await closings()).toBe(MANY);
});

it('names what it could not close and closes the rest', async () => {
  const stranger = { projectId: idFor('closing project', 'unknown'), name: '不在库' };
  const { closer } = await bench([projects[0]!, stranger, projects[1]!]);
  const { closing } = await closer.close(REQUEST);
  expect(closing).toMatchObject({
    closed: 2,
    unchanged: 0,
    refused: [{ ...stranger, code: 'project.unknown' }],
  });
});

it.each([
  ['an unknown region', { region: '999999' }, 'region.unknown'],
  ['a region that is not the actor’s', { region: '513400' }, 'actor.outsideRegion'],
  ['the commission, which keeps the pool but not the books', { actor: COMMISSION }, 'actor.notPermitted'],
  ['a year that has not begun', { year: 2027 }, 'year.notBegun'],
  ['a day to come', { effectiveDate: '2026-01-06' }, 'date.future'],
])('%s is refused before any project is looked at', async (_what, more, code) => {
  const recordBatch = () => Promise.reject(new Error('nothing may be recorded'));
  const projectsIn = () => Promise.reject(new Error('nothing may be read'));
  const closer = new YearCloser({ recorder: { recordBatch }, projectsIn, now: () => NOW });
  await expect(closer.close({ ...REQUEST, ...more })).rejects.toMatchObject({ code });
});
