import { ruleText, type RuleText } from './rule-text.js';

/** The pages of docs/rules as they are when the page is built. */
const PAGES: Record<string, string> = import.meta.glob('../../../../../docs/rules/[A-Z]*[0-9].md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const CHINESE: Record<string, string> = import.meta.glob('../../../../../docs/rules/zh-CN/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const idOf = (path: string): string => /([A-Z]\d+)\.md$/u.exec(path)![1]!;
const byId = (pages: Record<string, string>): Map<string, RuleText> =>
  new Map(Object.entries(pages).map(([path, text]) => [idOf(path), ruleText(text)]));
const ENGLISH_TEXTS = byId(PAGES);
const CHINESE_TEXTS = byId(CHINESE);

/** The explanation of a rule, in Chinese where there is one. */
export function ruleTextOf(id: string): (RuleText & { lang: 'zh-CN' | 'en' }) | undefined {
  const chinese = CHINESE_TEXTS.get(id);
  const english = ENGLISH_TEXTS.get(id);
  if (chinese) return { ...chinese, lang: 'zh-CN' };
  return english && { ...english, lang: 'en' };
}

/** Rules that have a page, in the order of their ids: M1, M2, … M13, L1, … */
export const RULE_TITLES: readonly { id: string; title: string }[] = [...ENGLISH_TEXTS]
  .map(([id, { title }]) => ({ id, title: title.replace(`${id} `, '') }))
  .toSorted(
    (a, b) =>
      'MLCT'.indexOf(a.id[0]!) - 'MLCT'.indexOf(b.id[0]!) || Number(a.id.slice(1)) - Number(b.id.slice(1)),
  );
