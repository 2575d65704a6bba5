import { canonicalJson } from '#libs/kernel/canonical.js';
import { squeeze } from '#libs/kernel/text.js';
import type { PlanEntry } from './events.js';

/**
 * What an entry is about: one place of one document says one thing. Two places that say different things of one
 * indicator are two entries, and stand side by side. A report on a task has no key: each is news.
 */
export function entryKey({ type, data }: PlanEntry): string | undefined {
  const place = ({ document, locator }: { document: string; locator: string }) => [
    squeeze(document),
    squeeze(locator),
  ];
  switch (type) {
    case 'TaskReported':
      return undefined;
    case 'TaskAssigned':
      return keyOf(type, data.taskId);
    case 'CountySharesSet':
      return keyOf(type, data.indicator, data.scope, data.year);
    case 'PopulationRecorded':
      return keyOf(type, data.region, data.population, data.year, ...place(data.source));
    case 'BaselineRecorded':
    case 'ForecastRecorded':
    case 'TargetSet': {
      const { region, indicator, scope, year, printedName, source } = data;
      return keyOf(type, region, indicator, scope, year, squeeze(printedName), ...place(source));
    }
  }
}

/** Whether two entries say the same, whatever the order of their keys. */
export const saysTheSame = (a: PlanEntry, b: PlanEntry): boolean =>
  a.type === b.type && canonicalJson(a.data) === canonicalJson(b.data);

function keyOf(...parts: readonly (string | number | undefined)[]): string {
  return parts.map((part) => part ?? '').join('\u0000');
}
