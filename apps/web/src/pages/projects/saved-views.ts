/** A named address of the grid. */
export interface SavedView {
  name: string;
  address: string;
}

const STORED_AS = 'taizhang.views';

export function saved(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...removed(views, view.name), view].toSorted((a, b) => a.name.localeCompare(b.name, 'zh'));
}

export function removed(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name !== name);
}

/** What is stored is text that anything on this origin may have written: only addresses of the grid are taken. */
export function viewsIn(text: string | null): SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  const { name, address } = (value ?? {}) as Partial<SavedView>;
  return typeof name === 'string' && typeof address === 'string' && /^\/projects(\?|$)/u.test(address);
}

export function storedViews(): SavedView[] {
  try {
    return viewsIn(localStorage.getItem(STORED_AS));
  } catch {
    return [];
  }
}

export function storeViews(views: readonly SavedView[]): void {
  try {
    localStorage.setItem(STORED_AS, JSON.stringify(views));
  } catch {
    // Without storage the view lasts as long as the page.
  }
}
