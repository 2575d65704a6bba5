/** How the pages look at the figures: where, in which unit, and as of when. All of it stands in the address. */
export interface View {
  /** Division code; empty for everything. */
  region: string;
  unit: '万元' | '元';
  /** 按记录时间: what was known at the end of this day, `YYYY-MM-DD`; empty for now. */
  known: string;
  /** 按业务日期: what had happened by this day, `YYYY-MM-DD`; empty for all. */
  effective: string;
}

/** Keys of the address that belong to the view and go along from page to page. */
export const VIEW_KEYS = ['region', 'unit', 'known', 'effective'] as const;

type Query = Readonly<Record<string, unknown>>;

const DAY = /^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/u;

/** Whether a text is a day that figures can be asked of. */
export const isDay = (text: string): boolean => DAY.test(text);

export function viewOf(query: Query): View {
  const text = (key: string): string => (typeof query[key] === 'string' ? query[key] : '');
  const day = (key: string): string => (isDay(text(key)) ? text(key) : '');
  return {
    region: /^\d{6}$/u.test(text('region')) ? text('region') : '',
    unit: text('unit') === 'yuan' ? '元' : '万元',
    known: day('known'),
    effective: day('effective'),
  };
}

/** The view's part of an address; what is as usual is left out. */
export function queryOf(view: View): Record<string, string> {
  const { region, unit, known, effective } = view;
  const all = { region, unit: unit === '元' ? 'yuan' : '', known, effective };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** Parameters of the API for these figures. The day ends in China, at UTC+8. */
export function asOf(view: View): { region?: string; asKnownAt?: string; asEffectiveOn?: string } {
  return {
    ...(view.region && { region: view.region }),
    ...(view.known && { asKnownAt: `${view.known}T23:59:59.999+08:00` }),
    ...(view.effective && { asEffectiveOn: view.effective }),
  };
}

/** Whether a day was chosen, so that the figures are not those of now. */
export function isPast({ known, effective }: View): boolean {
  return known !== '' || effective !== '';
}

/** For the line under a heading: 截至 2026年3月1日所知、2025年12月31日有效. */
export function asOfSentence(view: View, today: string): string {
  if (!isPast(view)) return `截至 ${today}`;
  const { known, effective } = view;
  const parts = [known && `${known} 日终所记录`, effective && `${effective} 前已发生`].filter(Boolean);
  return `只计 ${parts.join('、')}的事项`;
}
