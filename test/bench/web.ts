/**
 * `npm run bench:web`: 50,000 projects and 3,000,000 events in the read models, the built page in a real browser. How long
 * each page takes after the first view, now and as of a day, whether a quickly scrolled grid ever shows a row without its
 * project, and the same of Element Plus's plain table on the same rows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import { openPlatform } from '#libs/runtime/platform.js';
import { startServer } from '../../apps/server/bootstrap.js';
import { quietLog } from '../../apps/server/log.js';
import { openBrowser, openWindow } from '../browser/browser.js';
import { plainTable, servePlainTable } from './plain-table.js';
import { EVENTS, fillForPages, PROJECTS } from './web-fill.js';

const ROW_HEIGHT = 38;
const ROUNDS = 5;
const RIVAL_ROWS = [1_000, 5_000, PROJECTS];
const RIVAL_PATIENCE_MS = 120_000;
/** Days that cut a month, in the middle of the last year. */
const MOMENTS: Record<string, string> = {
  now: '',
  'as known': '?known=2025-06-15',
  'as effective': '?effective=2025-06-15',
  'as of both': '?known=2025-06-15&effective=2025-05-20',
};
const line = (what: string, ...figures: (string | number)[]): void =>
  console.log([what.padEnd(52), ...figures.map((each) => String(each).padStart(16))].join(''));
const ms = (time: number): string => `${Math.round(time)} ms`;

/** What each page is for can be read: its figures, its rows, its sums. */
const READY: Record<string, (page: Page) => Promise<unknown>> = {
  总览: (page) => page.locator('.figure strong', { hasText: String(PROJECTS) }).waitFor(),
  项目库与清单: (page) => page.locator('[data-row="5"] .name').waitFor(),
  投资台账: (page) =>
    page
      .locator('tfoot td', { hasText: /^50,?000$/u })
      .first()
      .waitFor(),
};

/** From the click on a link of the navigation until the page can be read. */
async function timed(page: Page, link: string): Promise<number> {
  const began = performance.now();
  await page.getByRole('link', { name: link, exact: true }).click();
  await READY[link]!(page);
  return performance.now() - began;
}

/** Each page as of a moment, which its address says, after the first view; all projects had entered by each of them. */
async function pages(page: Page, moment: string): Promise<void> {
  const began = performance.now();
  await page.goto(`/${MOMENTS[moment]}`);
  await READY['总览']!(page);
  line(`overview ${moment}, first view`, ms(performance.now() - began));
  const taken = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const link of ['项目库与清单', '投资台账', '总览'])
      taken.set(link, [...(taken.get(link) ?? []), await timed(page, link)]);
  }
  for (const [link, times] of taken) {
    const sorted = times.toSorted((a, b) => a - b);
    line(`${link} ${moment}: median, slowest of ${ROUNDS}`, ms(sorted[ROUNDS >> 1]!), ms(sorted.at(-1)!));
  }
}

/** Scrolls by `rows` a frame for `frames`; frames in which a row in sight had no project yet. */
async function scrolled(
  page: Page,
  rows: number,
  frames: number,
): Promise<{ blank: number; slowest: number }> {
  return page.evaluate(
    async ([step, count]) => {
      const grid = document.querySelector('.grid')!;
      let blank = 0;
      let slowest = 0;
      let last = performance.now();
      for (let n = 0; n < count; n += 1) {
        grid.scrollTop += step;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        slowest = Math.max(slowest, now - last);
        last = now;
        const { top, bottom } = grid.getBoundingClientRect();
        const inSight = [...grid.querySelectorAll('.body .row')].filter((row) => {
          const box = row.getBoundingClientRect();
          return box.bottom > top && box.top < bottom;
        });
        if (inSight.length < 5 || inSight.some((row) => row.querySelector('.coming'))) blank += 1;
      }
      return { blank, slowest };
    },
    [rows * ROW_HEIGHT, frames] as const,
  );
}

async function rival(url: string, folder: string): Promise<void> {
  for (const rows of RIVAL_ROWS) {
    // A browser of its own each time: it may not survive all rows at once.
    const browser = await openBrowser();
    const { page } = await openWindow(browser, url);
    await servePlainTable(page, folder);
    const told = await plainTable(page, rows, RIVAL_PATIENCE_MS);
    const figures = told
      ? [ms(told.shown), `${ms(told.slowest)} a frame`, `${told.nodes} nodes`]
      : [`not within ${RIVAL_PATIENCE_MS / 1000} s`];
    line(`Element Plus's plain table, ${rows} rows`, ...figures);
    await browser.close();
  }
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'taizhang-bench-web-'));
const platform = await openPlatform({
  eventStore: undefined,
  databaseUrl: undefined,
  signingKey: undefined,
  dataDir,
  host: '127.0.0.1',
  port: 0,
  runProjections: false,
});
const pool = new pg.Pool({ connectionString: (platform.database.options as { url: string }).url, max: 2 });
const server = await startServer({ platform: PlatformModule.on(platform), port: 0, log: quietLog() });
try {
  await fillForPages(pool, (what) => process.stderr.write(`  ${what}\n`));
  console.log(`${PROJECTS} projects, ${EVENTS} events, load ${loadavg()[0]!.toFixed(1)}`);
  const browser = await openBrowser();
  const { page } = await openWindow(browser, server.url);
  page.setDefaultTimeout(60_000);
  for (const moment of Object.keys(MOMENTS)) await pages(page, moment);
  await page.goto('/');
  await timed(page, '项目库与清单');
  for (const rows of [1, 3, 10, 1000]) {
    const { blank, slowest } = await scrolled(page, rows, rows === 1000 ? 40 : 200);
    line(`grid scrolled by ${rows} rows a frame`, `${blank} blank`, `${ms(slowest)} a frame`);
  }
  await browser.close();
  await rival(server.url, path.join(dataDir, 'rival'));
  console.log(`load ${loadavg()[0]!.toFixed(1)}`);
} finally {
  await pool.end();
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
}
