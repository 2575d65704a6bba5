import { generatePrefecture } from '#libs/sample/prefecture.js';
import type { BenchRow } from './bench-row.js';

const EVENTS = 200_000;
const WARM_UP = 20_000;

/** Whole lives told through the real decider, nothing stored. */
export function benchGenerate(): BenchRow[] {
  run(WARM_UP);
  return [{ name: `generation of ${EVENTS} sample events`, perSecond: run(EVENTS) }];
}

function run(wanted: number): number {
  const start = performance.now();
  let events = 0;
  for (const request of generatePrefecture({ counties: 99, years: 10, seed: 2, projectsPerCountyYear: 50 })) {
    events += request.events.length;
    if (events >= wanted) break;
  }
  return events / ((performance.now() - start) / 1000);
}
