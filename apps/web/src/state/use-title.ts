import { watchEffect } from 'vue';

/** What tabs and the browser's history call a page. */
export const titled = (name: string): string => `${name} — 台账`;

/** Calls a page by what it shows, once that has been read: several projects in several tabs can be told apart. */
export function useTitle(name: () => string | undefined): void {
  watchEffect(() => {
    const known = name();
    if (known !== undefined) document.title = titled(known);
  });
}
