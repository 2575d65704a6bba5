const KINDS = [
  ['beds', '养老床位', '张'],
  ['nursingBeds', '护理型床位', '张'],
  ['places', '托位', '个'],
  ['inclusivePlaces', '普惠托位', '个'],
] as const;

type Planned = Partial<Record<string, { low: number; high: number }>>;
type Actual = Partial<Record<string, number>>;

/** 养老床位 100—200 张,护理型床位 80 张; empty where nothing is known. */
export function plannedText(planned: Planned): string {
  return KINDS.flatMap(([kind, label, unit]) => {
    const range = planned[kind];
    if (!range) return [];
    return `${label} ${range.low === range.high ? range.low : `${range.low}—${range.high}`} ${unit}`;
  }).join('，');
}

export function actualText(actual: Actual | null): string {
  if (actual === null) return '';
  return KINDS.flatMap(([kind, label, unit]) =>
    actual[kind] === undefined ? [] : `${label} ${actual[kind]} ${unit}`,
  ).join('，');
}
