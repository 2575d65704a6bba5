import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';

const ROOT = path.join(import.meta.dirname, '../..');
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

/** Builds the rival's page into the folder, and answers with it at `/bench/` of the server's own origin. */
export async function servePlainTable(page: Page, folder: string): Promise<void> {
  await build({
    configFile: false,
    root: `${ROOT}/apps/web/bench/plain-table`,
    base: '/bench/',
    logLevel: 'warn',
    resolve: { alias: [{ find: /^#libs\//u, replacement: `${ROOT}/libs/` }] },
    build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
  });
  await page.route('**/bench/**', (route) => {
    const name = new URL(route.request().url()).pathname.slice('/bench/'.length) || 'index.html';
    return route.fulfill({
      contentType: TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream',
      body: readFileSync(path.join(folder, name)),
    });
  });
}

/** Milliseconds until that many rows stand on the screen, and the slowest frame of a scroll; undefined if it took longer than `patienceMs`. */
export async function plainTable(
  page: Page,
  rows: number,
  patienceMs: number,
): Promise<{ shown: number; slowest: number; nodes: number } | undefined> {
  await page.goto('/bench/');
  const told = page.evaluate(async (count) => {
    const shown = await (window as unknown as { show(count: number): Promise<number> }).show(count);
    const body = document.querySelector('.el-table .el-scrollbar__wrap')!;
    let slowest = 0;
    for (let n = 0; n < 60; n += 1) {
      const before = performance.now();
      body.scrollTop += 380;
      await new Promise(requestAnimationFrame);
      slowest = Math.max(slowest, performance.now() - before);
    }
    return { shown, slowest, nodes: document.querySelectorAll('*').length };
  }, rows);
  const late = new Promise<undefined>((give) => setTimeout(() => give(undefined), patienceMs));
  return Promise.race([told.catch(() => undefined), late]);
}
