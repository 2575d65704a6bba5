import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { ApiProblem } from './problem.js';
import { useRead, type Read } from './use-read.js';

export interface PageOf<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Which page of a list is asked for, as every list of the API takes it. */
export interface PageQuery {
  limit: number;
  cursor?: string;
}

/** Few enough to come at once, enough that “more” is seldom needed. */
const LIMIT = 100;

export interface Pages<Item> {
  /** The first page, for `<ReadState>`. */
  first: Read<PageOf<Item>>;
  items: ComputedRef<Item[]>;
  hasMore: ComputedRef<boolean>;
  loadingMore: Ref<boolean>;
  problem: Ref<ApiProblem | undefined>;
  more: () => Promise<void>;
}

/** A list page by page: the first as `useRead` asks it, the following when they are wanted. */
export function usePages<S, Item>(
  source: () => S | undefined,
  ask: (source: S, page: PageQuery, signal?: AbortSignal) => Promise<PageOf<Item>>,
): Pages<Item> {
  const first = useRead(source, (asked, signal) => ask(asked, { limit: LIMIT }, signal));
  const further = shallowRef<PageOf<Item>[]>([]);
  const loadingMore = ref(false);
  const problem = shallowRef<ApiProblem>();
  watch(first.data, () => {
    further.value = [];
    problem.value = undefined;
  });
  const items = computed(() => [
    ...(first.data.value?.items ?? []),
    ...further.value.flatMap((page) => page.items),
  ]);
  const cursor = computed(() => (further.value.at(-1) ?? first.data.value)?.nextCursor ?? null);

  async function more(): Promise<void> {
    const asked = source();
    const begun = first.data.value;
    if (asked === undefined || cursor.value === null || loadingMore.value) return;
    loadingMore.value = true;
    try {
      const page = await ask(asked, { limit: LIMIT, cursor: cursor.value });
      // Meanwhile the question may have become another one.
      if (first.data.value === begun) further.value = [...further.value, page];
      problem.value = undefined;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
    } finally {
      loadingMore.value = false;
    }
  }

  return { first, items, hasMore: computed(() => cursor.value !== null), loadingMore, problem, more };
}
