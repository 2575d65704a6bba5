/**
 * `npm run bench:web`: 50,000 projects filled set-based, the built page in a real browser. How long the overview and the
 * grid take after the first view, and whether a quickly scrolled grid ever shows a row without its project.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import { openPlatform } from '#libs/runtime/platform.js';
import { startServer } from '../../apps/server/bootstrap.js';
import { quietLog } from '../../apps/server/log.js';
import { openBrowser, openWindow } from '../browser/browser.js';

const PROJECTS = 50_000;
const ROW_HEIGHT = 38;

const SHOWN = `jsonb_build_object(
  'details', jsonb_build_object('name', '示例项目' || n, 'category', 'ElderlyCare', 'regions', jsonb_build_array((990101 + n % 50)::text),
    'place', '示例' || n % 50 || '县', 'implementingUnits', jsonb_build_array('示例民政局'), 'plannedUse', (2023 + n % 6)::text,
    'totalInvestmentFen', ((1 + n % 900) * 100000000::bigint)::text, 'plannedCapacity', '{}'::jsonb),
  'entered', 'bench:' || lpad(n::text, 16, '0'), 'enteredPool', '2022', 'stage', 'Pooled', 'code', null, 'lists', '[]'::jsonb,
  'conditions', '{}'::jsonb, 'approval', null, 'estimateFen', null, 'finalFen', null, 'library', null, 'plan', null,
  'startedOn', null, 'accepted', null, 'commissionedOn', null, 'inUse', '{}'::jsonb)`;
const REGISTER = `
  insert into read.register_project (project_id, entered, category, stage, regions, planned_use_year, name, place, code, planned_use,
    total_fen, planned_fen, self_raised_fen, planned_sources, listed_years, ready, search, shown)
  select md5('project ' || n)::uuid, 'bench:' || lpad(n::text, 16, '0'), 'ElderlyCare', 'Pooled', array[(990101 + n % 50)::text],
    2023 + n % 6, '示例项目' || n, '示例' || n % 50 || '县', null, (2023 + n % 6)::text, (1 + n % 900) * 100000000::bigint, null, null,
    '{}', '{}', false, '示例项目' || n, ${SHOWN}
  from generate_series(0, ${PROJECTS} - 1) n`;
const LEDGER = `
  insert into read.ledger_project (project_id, entered, name, category, regions, planned_use_year, total_fen)
  select project_id, entered, name, category, regions, planned_use_year, total_fen from read.register_project`;
const BALANCES = `
  insert into read.ledger_balance (project_id, source, level, year, planned, applied, allocated, disbursed, received, paid,
    carried_forward, carried_in, recovered, completed_investment, reallocated_out, reallocated_in, returned, lines, lines_in)
  select project_id, (array['CentralBudgetInvestment', 'ProvincialFiscal', 'SelfRaised'])[1 + year % 3], '', year,
    10000000, 9000000, 9000000, 8000000, 8000000, 6000000, 0, 0, 0, 7000000, 0, 0, 0, 20, 0
  from read.register_project, generate_series(2023, 2025) year`;

async function fill(database: DataSource): Promise<void> {
  for (const rows of [REGISTER, LEDGER, BALANCES]) await database.query(rows);
  await database.query('vacuum analyze');
}

const visible = (page: Page) => page.locator('.figure strong').first().filter({ hasText: '50000' });

/** From the click on a link of the navigation until what the page is for can be read. */
async function timed(page: Page, link: string, ready: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await page.getByRole('link', { name: link, exact: true }).click();
  await ready();
  return performance.now() - began;
}

/** Scrolls by `rows` a frame for `frames`; frames in which a row in sight had no project yet. */
async function scrolled(
  page: Page,
  rows: number,
  frames: number,
): Promise<{ blankFrames: number; slowest: number }> {
  return page.evaluate(
    async ([step, count]) => {
      const grid = document.querySelector('.grid')!;
      let blankFrames = 0;
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
        if (inSight.length < 5 || inSight.some((row) => row.querySelector('.coming'))) blankFrames += 1;
      }
      return { blankFrames, slowest };
    },
    [rows * ROW_HEIGHT, frames] as const,
  );
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'taizhang-bench-web-'));
const platform = await openPlatform({
  eventStore: undefined,
  databaseUrl: undefined,
  dataDir,
  host: '127.0.0.1',
  port: 0,
  runProjections: false,
});
const server = await startServer({ platform: PlatformModule.on(platform), port: 0, log: quietLog() });
const browser = await openBrowser();
try {
  await fill(platform.database);
  const { page } = await openWindow(browser, server.url);
  page.setDefaultTimeout(60_000);
  const began = performance.now();
  await page.goto('/');
  await visible(page).waitFor();
  console.log(`overview, first view: ${Math.round(performance.now() - began)} ms`);
  const grid = () => page.locator('[data-row="5"] .name').waitFor();
  for (let round = 0; round < 3; round += 1) {
    const toGrid = await timed(page, '项目库与清单', grid);
    const toOverview = await timed(page, '总览', () => visible(page).waitFor());
    console.log(`after the first view: grid ${Math.round(toGrid)} ms, overview ${Math.round(toOverview)} ms`);
  }
  await timed(page, '项目库与清单', grid);
  for (const rows of [1, 3, 10, 1000]) {
    const { blankFrames, slowest } = await scrolled(page, rows, rows === 1000 ? 40 : 200);
    console.log(
      `scrolling ${rows} rows a frame: ${blankFrames} frames with a blank row, slowest ${Math.round(slowest)} ms`,
    );
  }
  for (const sort of ['totalInvestment', 'name']) {
    const from = performance.now();
    await fetch(`${server.url}/api/v1/projects/window?offset=49000&limit=100&sort=${sort}&descending=true`);
    console.log(`window at 49,000 by ${sort}: ${Math.round(performance.now() - from)} ms`);
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
}
