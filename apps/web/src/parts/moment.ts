const CHINA = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** An instant as people in China read it: 2026-03-01 09:05. */
export function momentText(instant: string): string {
  return CHINA.format(new Date(instant));
}
