import { computed, onBeforeUnmount, onMounted, ref, type ComputedRef, type Ref } from 'vue';

/** Rows drawn above and below those in view, so that a quick scroll meets no blank. */
const SPARE = 20;

export interface RowWindow {
  first: number;
  /** One behind the last. */
  end: number;
}

/** Which of `count` rows of one height to draw. */
export function rowsInView(top: number, height: number, rowHeight: number, count: number): RowWindow {
  const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  return { first, end: Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE) };
}

/** Draws only the rows that the scrolling box shows; all of them on paper. */
export function useRowWindow(
  box: Readonly<Ref<HTMLElement | null>>,
  count: () => number,
  rowHeight: number,
): { inView: ComputedRef<RowWindow>; onScroll: () => void } {
  const top = ref(0);
  const height = ref(800);
  const printing = ref(false);
  const onScroll = (): void => {
    if (!box.value) return;
    top.value = box.value.scrollTop;
    height.value = box.value.clientHeight;
  };
  const print = (): void => void (printing.value = true);
  const printed = (): void => void (printing.value = false);
  onMounted(() => {
    onScroll();
    window.addEventListener('resize', onScroll);
    window.addEventListener('beforeprint', print);
    window.addEventListener('afterprint', printed);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('resize', onScroll);
    window.removeEventListener('beforeprint', print);
    window.removeEventListener('afterprint', printed);
  });
  const inView = computed(() =>
    printing.value ? { first: 0, end: count() } : rowsInView(top.value, height.value, rowHeight, count()),
  );
  return { inView, onScroll };
}
