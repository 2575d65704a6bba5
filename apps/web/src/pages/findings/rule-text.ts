/** What a page of docs/rules is made of: the few forms of Markdown that they use. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; header: string[]; rows: string[][] };

export interface RuleText {
  title: string;
  blocks: Block[];
}

const plain = (text: string): string => text.replaceAll('`', '').replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1');
const cells = (line: string): string[] =>
  line
    .replace(/^\||\|$/gu, '')
    .split('|')
    .map((cell) => plain(cell.trim()));

export function ruleText(markdown: string): RuleText {
  const [first = '', ...rest] = markdown.trim().split(/\n{2,}/u);
  return { title: plain(first.replace(/^#\s*/u, '')), blocks: rest.map(blockOf) };
}

function blockOf(text: string): Block {
  const lines = text.split('\n');
  const [first = ''] = lines;
  if (first.startsWith('#')) return { kind: 'heading', text: plain(first.replace(/^#+\s*/u, '')) };
  if (first.startsWith('|')) {
    const [, , ...rows] = lines;
    return { kind: 'table', header: cells(first), rows: rows.map(cells) };
  }
  if (lines.every((line) => /^[-*] /u.test(line))) {
    return { kind: 'list', items: lines.map((line) => plain(line.slice(2))) };
  }
  return { kind: 'paragraph', text: plain(lines.join(' ')) };
}
