const MONTHS = Array.from({ length: 12 }, (_, n) => String(n + 1).padStart(2, '0'));
const QUARTERS = ['一', '二', '三', '四'];

export const yearOf = (period: string): string => period.slice(0, 4);
/** `''` for a whole year, else `H1`, `Q3`, `06`. */
export const partOf = (period: string): string => period.slice(5);

/** Parts of a year that a period may be, by key. */
export function partsOfYear(withHalves: boolean): (readonly [string, string])[] {
  return [
    ['', '全年'],
    ...(withHalves
      ? ([
          ['H1', '上半年'],
          ['H2', '下半年'],
        ] as const)
      : []),
    ...QUARTERS.map((name, n) => [`Q${n + 1}`, `第${name}季度`] as const),
    ...MONTHS.map((month, n) => [month, `${n + 1}月`] as const),
  ];
}

/** 2025年第三季度 of `2025-Q3`. */
export function periodLabel(period: string): string {
  const part = partOf(period);
  if (part === '') return `${yearOf(period)}年度`;
  const label = partsOfYear(true).find(([key]) => key === part)?.[1] ?? part;
  return `${yearOf(period)}年${label}`;
}
