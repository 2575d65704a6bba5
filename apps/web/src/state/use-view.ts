import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter, type RouteLocationNormalized, type RouteLocationRaw } from 'vue-router';
import { queryOf, VIEW_KEYS, viewOf, type View } from './view.js';

/** The view as the address has it; setting a part changes the address in place. */
export function useView(): { view: ComputedRef<View>; look: (change: Partial<View>) => void } {
  const route = useRoute();
  const router = useRouter();
  const view = computed(() => viewOf(route.query));
  const look = (change: Partial<View>): void => {
    const others = Object.entries(route.query).filter(
      ([key]) => !(VIEW_KEYS as readonly string[]).includes(key),
    );
    const query = { ...Object.fromEntries(others), ...queryOf({ ...view.value, ...change }) };
    void router.replace({ query, hash: route.hash });
  };
  return { view, look };
}

/** The view goes along from page to page unless the link says otherwise. */
export function carryView(
  to: RouteLocationNormalized,
  from: RouteLocationNormalized,
): RouteLocationRaw | true {
  if (to.path === from.path) return true;
  const carried = VIEW_KEYS.filter((key) => from.query[key] !== undefined && to.query[key] === undefined);
  if (carried.length === 0) return true;
  const query = { ...Object.fromEntries(carried.map((key) => [key, from.query[key]])), ...to.query };
  return { path: to.path, query, hash: to.hash };
}
