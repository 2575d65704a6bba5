import type { RouterScrollBehavior } from 'vue-router';

/** A page that has not its answers by then is left where it is. */
const PATIENCE_MS = 5_000;
/** Whoever does one of these has a place of their own by now. */
const MOVES = ['wheel', 'touchstart', 'pointerdown', 'keydown', 'popstate'] as const;

/** Back to where one was: once the page is as tall again, since its rows are read anew. */
export const scrollBack: RouterScrollBehavior = async (to, from, saved) => {
  if (!saved) return to.path === from.path ? {} : { top: 0 };
  return saved.top === 0 || (await isTall(saved.top + window.innerHeight)) ? saved : false;
};

function isTall(height: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isReached: boolean) => () => {
      observer.disconnect();
      clearTimeout(timer);
      for (const move of MOVES) removeEventListener(move, giveUp);
      resolve(isReached);
    };
    const giveUp = end(false);
    const reach = end(true);
    const observer = new ResizeObserver(() => document.documentElement.scrollHeight >= height && reach());
    const timer = setTimeout(giveUp, PATIENCE_MS);
    for (const move of MOVES) addEventListener(move, giveUp, { passive: true });
    observer.observe(document.body);
  });
}
