import { readFileSync } from 'node:fs';
import { DEFAULT_PARAMETERS, DEFAULT_RULE_SET } from '../default-rule-set.js';
import { RULES } from './rules.js';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('has a page that names its method, an example, why it matters, its basis and every parameter', () => {
    const page = readFileSync(new URL(`../../../../docs/rules/${id}.md`, import.meta.url), 'utf8');
    expect(page).toContain(`# ${id} ${rule.title}`);
    for (const heading of ['Method', 'Example', 'Why it matters', 'Basis', 'Parameters']) {
      expect(page).toContain(`## ${heading}`);
    }
    for (const name of rule.parameters) expect(page).toContain(`\`${name}\``);
  });

  it('finds its parameters in the default rule set', () => {
    for (const name of rule.parameters) expect(DEFAULT_PARAMETERS.on(name, '2024-01-01').name).toBe(name);
  });
});

it('has no parameter that no rule reads', () => {
  const read = new Set(RULES.flatMap(({ parameters }) => parameters));
  expect(DEFAULT_RULE_SET.parameters.map(({ name }) => name).filter((name) => !read.has(name))).toEqual([]);
});
