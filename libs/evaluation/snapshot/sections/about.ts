import { DEFAULT_RULE_SET } from '#libs/findings/domain/default-rule-set.js';
import { RULES } from '#libs/findings/domain/rules/rules.js';
import { regionName } from '#libs/kernel/regions.js';
import { RATES } from '../../domain/rates.js';
import { DEFAULT_SHEET } from '../../domain/sheet/template.js';
import type { Section } from './section.js';

/** Version of the shape of snapshots; raised when a section or a figure changes its meaning. */
export const SNAPSHOT_FORMAT = 1;

/** What the snapshot is of and by which rules it was made; nothing that differs from store to store. */
export const aboutSection: Section = {
  name: 'about',
  label: '说明',
  async *entries({ region, year, day }) {
    const { id, version } = DEFAULT_RULE_SET;
    yield {
      key: 'about',
      label: `${regionName(region)} ${year} 年度评估`,
      figures: {
        format: SNAPSHOT_FORMAT,
        region,
        year,
        asEffectiveOn: day,
        ruleSet: { id, version },
        rules: Object.fromEntries(RULES.map((rule) => [rule.id, rule.version])),
        rates: Object.fromEntries(Object.entries(RATES).map(([name, { base }]) => [name, base])),
        sheet: { id: DEFAULT_SHEET.id, version: DEFAULT_SHEET.version, note: DEFAULT_SHEET.note },
      },
    };
  },
};
