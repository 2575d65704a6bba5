import { parsePartialDate, type PartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { squeeze } from '#libs/kernel/text.js';
import type { PlanEventData } from '#libs/plans/domain/events.js';
import { planIdOf } from '#libs/plans/domain/plan-id.js';
import type { SharesBasis } from '#libs/plans/domain/vocabulary.js';
import { SHARES_BASES } from '#libs/plans/domain/vocabulary.js';
import type { Grid } from '../layout/grid.js';
import { metaFieldOf, type MetaField } from './plan-words.js';

/** What the lines above the header say: which plan the file is of. */
export type PlanMeta = Partial<Record<MetaField, string>>;

const LONGEST = 300;

/** Label and value stand beside each other: 文号 | 凉府办发〔2023〕33号. */
export function metaAbove(grid: Grid, top: number): PlanMeta {
  const meta: PlanMeta = {};
  for (const row of grid.rowNumbers.filter((number) => number < top)) {
    const cells = [...(grid.sheet.rows.get(row)?.values() ?? [])].sort((a, b) => a.column - b.column);
    const field = cells[0] && metaFieldOf(cells[0].text);
    const value = cells[1]?.text.trim() ?? '';
    if (field && value !== '') meta[field] = value.slice(0, LONGEST);
  }
  return meta;
}

/** The plan that the file names. @throws Refusal `import.planUnknown` naming what is missing */
export function planOf(meta: PlanMeta): {
  planId: string;
  adopted: PlanEventData<'PlanAdopted'>;
  effectiveDate: PartialDate | undefined;
  basis: SharesBasis;
} {
  const period = /^(\d{4})年?(?:[—–~至-]{1,2}(\d{4})年?)?$/u.exec(squeeze(meta.period ?? ''));
  const missing = [
    ...(meta.title === undefined ? ['方案'] : []),
    ...(/^\d{6}$/u.test(squeeze(meta.region ?? '')) ? [] : ['行政区划代码']),
    ...(period ? [] : ['时期']),
  ];
  if (missing.length > 0 || !period || meta.title === undefined) {
    throw new Refusal('import.planUnknown', `表头之上没有写明${missing.join('、')}`, { missing });
  }
  const from = Number(period[1]);
  const { areaCode, areaName } = meta;
  const adopted: PlanEventData<'PlanAdopted'> = {
    region: squeeze(meta.region!),
    ...(areaCode !== undefined && { area: { code: areaCode, name: areaName ?? areaCode } }),
    period: { from, to: Number(period[2] ?? from) },
    title: meta.title,
    ...(meta.documentNumber !== undefined && { documentNumber: meta.documentNumber }),
    ...(meta.authority !== undefined && { authority: meta.authority }),
    ...(meta.textDigest !== undefined && { textDigest: meta.textDigest }),
    ...(meta.note !== undefined && { note: meta.note }),
  };
  return {
    planId: planIdOf({ ...adopted, area: areaCode }),
    adopted,
    effectiveDate: meta.date === undefined ? undefined : parsePartialDate(meta.date),
    basis: meta.basis === SHARES_BASES.printed ? 'printed' : 'decided',
  };
}
