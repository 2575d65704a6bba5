import { regionName } from '#libs/kernel/regions.js';
import { RATE_NAMES, ratePercent, type RateName, type RateSums } from '../../domain/rates.js';
import { byKey, type Entry } from '../entry.js';
import type { Section } from './section.js';

/** The rates that regions are compared by: parts and wholes beside the printed percentage. */
export const ratesSection: Section = {
  name: 'rates',
  async *entries({ rates, measures }) {
    const rows = [...rates.byRegion].map(([key, sums]) => entryOf(`region/${key}`, placeName(key), sums));
    yield* rows.sort(byKey);
    yield entryOf('total', '合计', rates.total);
    measures.startRate = rates.total.rate('start');
    measures.inUseRate = rates.total.rate('inUse');
    measures.disbursementRate = rates.total.rate('disbursement');
    measures.paymentRate = rates.total.rate('payment');
  },
};

export const placeName = (key: string): string =>
  key === '-' ? '未列地区' : key.split('+').map(regionName).join('、');

const MONEY: ReadonlySet<RateName> = new Set(['completed', 'disbursement', 'arrival', 'payment']);

function entryOf(key: string, label: string, sums: RateSums): Entry {
  const figures = RATE_NAMES.flatMap((name): [string, string | null][] => {
    const { part, of } = sums.rate(name);
    const unit = MONEY.has(name) ? 'Fen' : '';
    return [
      [`${name}Part${unit}`, part.toString()],
      [`${name}Of${unit}`, of.toString()],
      [`${name}Percent`, ratePercent({ part, of })],
    ];
  });
  const { projects, unknownTotals } = sums;
  return { key, label, figures: { ...Object.fromEntries(figures), projects, unknownTotals } };
}
