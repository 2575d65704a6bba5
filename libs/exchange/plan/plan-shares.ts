import { findRegion } from '#libs/kernel/regions.js';
import { squeeze } from '#libs/kernel/text.js';
import type { PlanCommand } from '#libs/plans/domain/commands.js';
import type { PlanEventData, Share } from '#libs/plans/domain/events.js';
import { indicatorName } from '#libs/plans/domain/indicators/lookup.js';
import type { PrintedValue } from '#libs/plans/domain/values.js';
import type { SharesBasis } from '#libs/plans/domain/vocabulary.js';
import { Findings } from '../layout/finding.js';
import type { Grid } from '../layout/grid.js';
import { isTotal, type Header } from '../layout/header.js';
import type { PlanMeaning } from './plan-words.js';
import { readPrintedValue } from './printed-value.js';

/** 托位数(2025年,个): an indicator, its year and its unit. */
const COLUMN = /^(.+?)\((\d{4})年?(?:[,,、;](.*))?\)$/u;

/** The same for a workbook and for delimited text, so that a table that comes back says nothing new. */
// eslint-disable-next-line no-restricted-syntax -- a place in a sheet, as `清单!A1`
export const SHARES_LOCATOR = '分解表!';

export interface SharesColumn {
  command: PlanCommand;
  findings: Findings;
  row: number;
  name: string;
}

/**
 * A county breakdown: a row is a county, a column an indicator of a year. An empty cell is no share; an em dash is a
 * share that is unknown; a total row is kept as printed, of a printed table.
 */
export function readShares(
  grid: Grid,
  header: Header<PlanMeaning>,
  plan: PlanEventData<'PlanAdopted'>,
  basis: SharesBasis,
): SharesColumn[] {
  const place = header.columns.find(({ field }) => field === 'region')!.index;
  const rows = grid.rowNumbers.filter((row) => row > header.bottom);
  return header.unknown.flatMap(({ index, header: printed }) => {
    const match = COLUMN.exec(squeeze(printed));
    const findings = new Findings(grid.sheet.name, header.bottom);
    if (!match) {
      findings.warn('columnIgnored', `“${printed}”应写作 指标（2025年，单位），未读取`, index);
      return [];
    }
    const [, name = '', year, unit = ''] = match;
    const shares: Share[] = [];
    let printedTotal: PrintedValue | undefined;
    for (const row of rows) {
      const county = squeeze(grid.shown(row, place)?.text ?? '');
      const cell = grid.own(row, index)?.text ?? '';
      if (county === '' || cell.trim() === '') continue;
      const value = readPrintedValue(cell)?.value;
      const region = isTotal(county) ? plan.region : findRegion(county, plan.region)?.code;
      if (!value) findings.reject('valueUnreadable', `第${row}行“${cell}”不是可识别的数值`, index);
      else if (isTotal(county)) printedTotal = value;
      else if (region === undefined || region === plan.region)
        findings.reject('regionNotFound', `第${row}行“${county}”不是方案地区内的县（市、区）`, place);
      else shares.push({ region, value });
    }
    if (shares.length === 0) return [];
    // What is decided here must add up to the target anyway; its total row is there to be looked at.
    if (basis === 'decided') printedTotal = undefined;
    const data: PlanEventData<'CountySharesSet'> = {
      indicator: indicatorName(name),
      year: Number(year),
      unit,
      basis,
      ...(printedTotal && { printedTotal }),
      shares,
      source: { document: plan.title, locator: SHARES_LOCATOR + printed },
    };
    return [{ command: { type: 'SetCountyShares', data }, findings, row: header.bottom, name: printed }];
  });
}
