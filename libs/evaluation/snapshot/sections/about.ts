import { digestOf } from '#libs/kernel/canonical.js';
import { regionName } from '#libs/kernel/regions.js';
import { INDICATOR_DEFINITIONS } from '#libs/plans/domain/indicators/definitions.js';
import { RATES } from '../../domain/rates.js';
import { DEFAULT_SHEET } from '../../domain/sheet/template.js';
import type { Section } from './section.js';

/** Version of the shape of snapshots; raised when a section or a figure changes its meaning. */
export const SNAPSHOT_FORMAT = 4;

/** Of what the indicators are computed by: SHA-256 over all definitions (RFC 8785). */
export const DEFINITIONS_DIGEST = digestOf(INDICATOR_DEFINITIONS);

/** What the snapshot is of and by which rules it was made; nothing that differs from store to store. */
export const aboutSection: Section = {
  name: 'about',
  async *entries({ region, year, day, ruleSet }) {
    const { id, version, rules, documentNumber } = ruleSet;
    yield {
      key: 'about',
      label: `${regionName(region)} ${year} 年度评估`,
      figures: {
        format: SNAPSHOT_FORMAT,
        region,
        year,
        asEffectiveOn: day,
        ruleSet: { id, version, documentNumber },
        rules: Object.fromEntries(rules.map((rule) => [rule.id, rule.version])),
        definitions: DEFINITIONS_DIGEST,
        indicators: Object.fromEntries(INDICATOR_DEFINITIONS.map((each) => [each.id, each.version])),
        rates: Object.fromEntries(Object.entries(RATES).map(([name, { base }]) => [name, base])),
        sheet: { id: DEFAULT_SHEET.id, version: DEFAULT_SHEET.version, note: DEFAULT_SHEET.note },
      },
    };
  },
};
