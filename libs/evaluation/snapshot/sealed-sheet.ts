import type { Json } from '#libs/kernel/json.js';
import type { ItemScore, Sealed } from '../domain/events.js';
import {
  howScored,
  isOfMoney,
  SHEETS,
  type SheetItem,
  type SheetTemplate,
} from '../domain/sheet/template.js';
import type { Entry } from './entry.js';

export interface SealedSheetItem extends Omit<SheetItem, 'scoring' | 'evidence'> {
  scoring: { kind: SheetItem['scoring']['kind']; how: string };
  /** What the points must rest on, by the sheet. */
  evidence: string;
  /** As printed; null: not judged, or nothing to derive it from. */
  points: string | null;
  /** What derived points are a share of: so many of so many, in fen where it is money. */
  share: { part: string; of: string; unit: 'fen' | 'count' } | null;
  /** What judged points rest on, and the evaluator's remark. */
  seen: ItemScore['evidence'];
  comment: string | null;
}

export interface SealedSheet {
  sheet: Omit<SheetTemplate, 'items'>;
  items: SealedSheetItem[];
  total: string;
  weight: number;
  weightScored: number;
  weightOpen: number;
}

/** The capability evaluation sheet 能力评价表 of a sealed snapshot, from the entries of its section `scores`. */
export function sealedSheet({ sheet }: Pick<Sealed, 'sheet'>, scores: readonly Entry[]): SealedSheet {
  const template = SHEETS.find(({ id, version }) => id === sheet.id && version === sheet.version);
  if (!template) throw new Error(`no sheet ${sheet.id} of version ${sheet.version}`);
  const { items, ...head } = template;
  const figuresOf = (key: string) => scores.find((entry) => entry.key === key)?.figures ?? {};
  const total = figuresOf('total');
  return {
    sheet: head,
    items: items.map((item) => {
      const { points, part, of, evidence: seen, comment } = figuresOf(`item/${item.id}`);
      const [some, all] = [text(part), text(of)];
      const unit = isOfMoney(item) ? 'fen' : 'count';
      return {
        ...item,
        scoring: howScored(item),
        points: text(points),
        share: some === null || all === null ? null : { part: some, of: all, unit },
        seen: (seen ?? []) as ItemScore['evidence'],
        comment: text(comment),
      };
    }),
    total: text(total['points']) ?? '0.00',
    weight: items.reduce((sum, { weight }) => sum + weight, 0),
    weightScored: Number(total['weightScored']),
    weightOpen: Number(total['weightOpen']),
  };
}

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
