import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** The filters of one page as the address has them; what is not set is ''. */
export function useFilters<K extends string>(
  keys: readonly K[],
): { filters: ComputedRef<Record<K, string>>; filter: (change: Partial<Record<K, string>>) => void } {
  const route = useRoute();
  const router = useRouter();
  const filters = computed(
    () =>
      Object.fromEntries(
        keys.map((key) => [key, typeof route.query[key] === 'string' ? route.query[key] : '']),
      ) as Record<K, string>,
  );
  const filter = (change: Partial<Record<K, string>>): void => {
    const query = Object.entries({ ...route.query, ...change }).filter(([, value]) => value !== '');
    void router.replace({ query: Object.fromEntries(query), hash: route.hash });
  };
  return { filters, filter };
}

/** Those that are set, as a question takes them. */
export function given<K extends string>(filters: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '')) as Partial<
    Record<K, string>
  >;
}
