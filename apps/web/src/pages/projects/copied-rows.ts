/**
 * Which rows a selection takes: those it reaches into, or the one that has the focus where nothing is selected; none where
 * it stays inside a cell, whose text is copied as it is.
 */
export function copiedRows(grid: HTMLElement, selection: Selection | null): number[] {
  const numberOf = (row: Element): number => Number((row as HTMLElement).dataset['row']);
  if (!selection || selection.isCollapsed) {
    const focused = grid.querySelector('[data-row]:focus');
    return focused ? [numberOf(focused)] : [];
  }
  const { commonAncestorContainer: common } = selection.getRangeAt(0);
  const holder = common instanceof Element ? common : common.parentElement;
  if (holder?.closest('[role="gridcell"]')) return [];
  return [...grid.querySelectorAll('[data-row]')]
    .filter((row) => selection.containsNode(row, true))
    .map(numberOf)
    .toSorted((a, b) => a - b);
}
