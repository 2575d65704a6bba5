import type { AsOf } from '#libs/read-models/views.js';

/** Which two times a table stands at, for its scope; nothing of a table that stands at now. */
export function asOfWords({ asKnownAt, asEffectiveOn }: AsOf): string[] {
  return [
    ...(asEffectiveOn === undefined ? [] : [`截至 ${asEffectiveOn} 有效`]),
    ...(asKnownAt === undefined ? [] : [`截至 ${asKnownAt} 所记录`]),
  ];
}
