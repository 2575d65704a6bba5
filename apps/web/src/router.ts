import { createRouter, createWebHistory } from 'vue-router';
import NotFoundPage from './pages/NotFoundPage.vue';
import { ROUTES } from './routes.js';
import { carryView } from './state/use-view.js';

export const router = createRouter({
  history: createWebHistory(),
  routes: [...ROUTES, { path: '/:rest(.*)*', component: NotFoundPage, meta: { title: '没有这个页面' } }],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
});

router.beforeEach(carryView);
router.afterEach((to, from) => {
  document.title = `${to.meta.title} — 台账`;
  // A page change is told to people who do not see it: the heading takes the focus once it is there.
  if (to.path !== from.path && from.matched.length > 0) {
    requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus());
  }
});
