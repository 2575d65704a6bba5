import { readdirSync, readFileSync } from 'node:fs';
import { RULES } from '#libs/findings/domain/rules/rules.js';
import { ruleText } from './rule-text.js';

const FOLDER = 'docs/rules';
const ZH = `${FOLDER}/zh-CN`;

describe('the page of a rule', () => {
  it('reads headings, paragraphs, lists and tables', () => {
    const text =
      '# M8 标题\n\n## Method\n\nOne `line`\nand [two](x.md).\n\n- a\n- b\n\n| n | d |\n| - | - |\n| x | 1 |\n';
    expect(ruleText(text)).toEqual({
      title: 'M8 标题',
      blocks: [
        { kind: 'heading', text: 'Method' },
        { kind: 'paragraph', text: 'One line and two.' },
        { kind: 'list', items: ['a', 'b'] },
        { kind: 'table', header: ['n', 'd'], rows: [['x', '1']] },
      ],
    });
  });

  it.each(readdirSync(ZH).filter((name) => name.endsWith('.md')))(
    '%s says in Chinese what the other says',
    (name) => {
      const chinese = ruleText(readFileSync(`${ZH}/${name}`, 'utf8'));
      const other = ruleText(readFileSync(`${FOLDER}/${name}`, 'utf8'));
      expect(chinese.title).toBe(other.title);
      expect(chinese.blocks.map(({ kind }) => kind)).toEqual(other.blocks.map(({ kind }) => kind));
    },
  );

  it('is there for every rule that judges, under its title', () => {
    for (const { id, title } of RULES) {
      expect(ruleText(readFileSync(`${FOLDER}/${id}.md`, 'utf8')).title).toBe(`${id} ${title}`);
    }
  });
});
