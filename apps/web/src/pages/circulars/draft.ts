import { Refusal } from '#libs/kernel/refusal.js';
import {
  FIGURE_LABELS,
  FIGURE_NAMES,
  TABLE_NAMES,
  type FigureName,
} from '#libs/circulars/domain/template.js';
import { checkText } from '#libs/circulars/domain/text.js';
import type { Schema } from '../../api/paths.js';

export type Draft = Schema<'CircularDraft'>;
export type Circular = Schema<'Circular'>;
export type Paragraph = Draft['paragraphs'][number];
export type CircularTable = Draft['tables'][number];

export const KINDS = { heading: '小标题', text: '正文', table: '表' } as const;

/** A piece of a text: words that people write, or a figure that the system fills in. */
export type Piece = { words: string } | { figure: string; label: string; printed: string | undefined };

/** 全域在库项目{projects}个 as words, figure, words. A name that there is no figure of has nothing printed. */
export function piecesOf(text: string, figures: Readonly<Record<string, string>>): Piece[] {
  return text.split(/(\{[^{}]*\})/u).flatMap((part): Piece[] => {
    if (part === '') return [];
    const name = /^\{([^{}]*)\}$/u.exec(part)?.[1];
    if (name === undefined) return [{ words: part }];
    return [{ figure: name, label: FIGURE_LABELS[name as FigureName] ?? name, printed: figures[name] }];
  });
}

/** The first fault that the server would find, and the paragraph it is in; undefined where it would take the text. */
export function faultIn(
  paragraphs: readonly Paragraph[],
): { paragraph: number; message: string } | undefined {
  const empty = paragraphs.findIndex(({ text }) => text.trim() === '');
  if (empty >= 0) return { paragraph: empty, message: `第 ${empty + 1} 段是空的` };
  try {
    checkText(paragraphs, FIGURE_NAMES, TABLE_NAMES);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { paragraph: Number(error.details['paragraph'] ?? 0), message: error.message };
  }
}

/** The list with the one at `from` moved by so many places; the same where it would leave the list. */
export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  if (to < 0 || to >= list.length) return [...list];
  const rest = list.filter((_, n) => n !== from);
  return [...rest.slice(0, to), list[from]!, ...rest.slice(to)];
}

/** Puts a figure's name where the cursor stands. */
export const withFigure = (text: string, name: string, from: number, to = from): string =>
  `${text.slice(0, from)}{${name}}${text.slice(to)}`;
