import { createRouter, createWebHistory } from 'vue-router';
import NotFoundPage from './pages/NotFoundPage.vue';
import { ROUTES } from './routes.js';
import { scrollBack } from './state/scroll-back.js';
import { titled } from './state/use-title.js';
import { carryView } from './state/use-view.js';

export const router = createRouter({
  history: createWebHistory(),
  routes: [...ROUTES, { path: '/:rest(.*)*', component: NotFoundPage, meta: { title: '没有这个页面' } }],
  scrollBehavior: scrollBack,
});

router.beforeEach(carryView);
router.afterEach((to, from) => {
  const isFirst = from.matched.length === 0;
  // With another view of the same page it keeps the name that it has found.
  if (isFirst || to.path !== from.path) document.title = titled(to.meta.title);
  // A page change is told to people who do not see it: the heading takes the focus, or what it will stand in.
  if (!isFirst && to.path !== from.path) {
    requestAnimationFrame(() => {
      const place =
        document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main');
      place?.focus({ preventScroll: true });
    });
  }
});
