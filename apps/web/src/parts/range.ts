/** 200, 350–450: from the certain part to the upper end. */
export function rangeText({ low, high }: { low: number; high: number }): string {
  const text = (count: number): string => count.toLocaleString('zh-CN');
  return low === high ? text(low) : `${text(low)}–${text(high)}`;
}
