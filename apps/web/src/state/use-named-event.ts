import { watch } from 'vue';
import { useRoute } from 'vue-router';
import type { Read } from '../api/use-read.js';

/**
 * The event that the address names (`#event-…`): its row is led to once, when everything above it has been read, and takes
 * the focus.
 */
export function useNamedEvent(reads: readonly Pick<Read<unknown>, 'loading'>[]): void {
  const route = useRoute();
  let led = '';
  watch(
    () => (reads.every(({ loading }) => !loading.value) ? route.hash : ''),
    (hash) => {
      const row = hash.startsWith('#event-') && hash !== led && document.getElementById(hash.slice(1));
      if (!row) return;
      led = hash;
      row.closest('details')?.setAttribute('open', '');
      row.scrollIntoView({ block: 'center' });
      row.focus({ preventScroll: true });
    },
    { flush: 'post' },
  );
}

/** What a row with an event of its own has: its name, and a mark where the address names it. */
export function useEventRow(): (eventId: string) => Record<string, string | undefined> {
  const route = useRoute();
  return (eventId) => {
    const id = `event-${eventId}`;
    const isNamed = route.hash === `#${id}`;
    return { id, ...(isNamed && { 'aria-current': 'true', tabindex: '-1' }) };
  };
}
