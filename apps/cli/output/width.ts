import { displayWidth } from '#libs/kernel/text.js';

/** Breaks text over lines of at most `maxWidth` terminal columns; Chinese may break anywhere. */
export function wrapToWidth(text: string, maxWidth = Infinity): string {
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (displayWidth(line + character) > maxWidth) {
      lines.push(line);
      line = '';
    }
    line += character;
  }
  return [...lines, line].join('\n');
}
