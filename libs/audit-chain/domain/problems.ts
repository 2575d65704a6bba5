/** What verification can find, and how it is said. docs/verification.md explains each. */
export const PROBLEM_KINDS = {
  'event.edited': '事件被改动',
  'event.deleted': '事件被删除',
  'event.inserted': '事件被插入',
  'event.reordered': '事件被调换顺序',
  'store.truncated': '末尾的事件被截去',
  'chain.broken': '审计链自身不连续',
  'chain.forked': '审计链分叉',
  'history.rewritten': '历史被整体改写',
  'anchor.unreadable': '锚文件无法识别',
  'anchor.signature': '锚的签名不符',
  'anchor.unknownKey': '锚由未知的密钥签名',
  'anchor.foreign': '锚属于另一个事件库',
  'table.differs': '查询数据与事件不符',
  'table.cannotFold': '查询数据无法由事件重算',
  'sealed.edited': '封存内容被改动',
  'sealed.missing': '封存内容缺失',
  'bundle.malformed': '证据包格式有误',
} as const;
export type ProblemKind = keyof typeof PROBLEM_KINDS;

export interface Problem {
  readonly kind: ProblemKind;
  /** Where it begins, counted from 1 over all events; null for what has no place in the order. */
  readonly sequence: number | null;
  /** Where it is known to have shown by; null where `sequence` is exact. */
  readonly upTo: number | null;
  /** Of the event that is, or should be, at `sequence`; null where it cannot be told. */
  readonly position: string | null;
  /** Chinese, for people. */
  readonly message: string;
  readonly expected: string | null;
  readonly found: string | null;
}

export function problem(
  kind: ProblemKind,
  what: Pick<Problem, 'message'> & Partial<Omit<Problem, 'kind'>>,
): Problem {
  return { kind, sequence: null, upTo: null, position: null, expected: null, found: null, ...what };
}

/** Listed one by one; beyond, they are counted only, so that a store full of them does not fill the memory. */
export const MOST_LISTED = 100;

/** Problems as they come: all are counted, the first are kept. */
export class Problems {
  private readonly listed: Problem[] = [];
  private total = 0;

  add(found: Problem): void {
    this.total += 1;
    if (this.listed.length < MOST_LISTED) this.listed.push(found);
  }

  get count(): number {
    return this.total;
  }

  /** By place in the order of the store; what has no place comes last. */
  list(): Problem[] {
    return [...this.listed].sort((a, b) => (a.sequence ?? Infinity) - (b.sequence ?? Infinity) || 0);
  }
}
