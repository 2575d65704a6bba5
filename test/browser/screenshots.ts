/**
 * `npm run screenshots`: PNGs of every page with the published list and with the made-up 示例州, wide and narrow, into
 * docs/pictures, and the three of the README (`npm run screenshots -- readme` makes these alone). Runs the built program on
 * a database of its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, openWindow } from './browser.js';

const FOLDER = 'docs/pictures';
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const;
const PLACES = { list: '513400', sample: '990100' } as const;

/** Pages by name; a project page opens the first project found there. */
const PAGES: Record<string, string> = {
  overview: '/',
  projects: '/projects',
  project: '/projects',
  ledger: '/ledger',
  journal: '/journal',
  capacity: '/capacity',
  imports: '/imports',
  findings: '/findings',
  rules: '/rules/M8',
  trace: '/trace',
  ageing: '/ageing',
  reconciliations: '/reconciliations',
  plans: '/plans',
  plan: '/plans/513400-2023-2025',
  trajectory: '/plans/513400-2023-2025/trajectory',
  indicators: '/indicators',
  counties: '/counties',
  evaluations: '/evaluations',
  'capability-sheet': '/evaluations/sheet',
  circulars: '/circulars',
  'circular-draft': '/circulars/drafts/{region}/2025',
  statistics: '/statistics',
};
/** The published list has a plan, the made-up prefecture none. */
const OF_THE_LIST = new Set(['plan', 'trajectory']);

async function serving(dataDir: string): Promise<{ url: string; stop: () => Promise<unknown> }> {
  const { DATABASE_URL: _, EVENT_STORE: __, ...inherited } = process.env;
  const program = spawn(process.execPath, ['dist/apps/cli/main.js', 'demo', '--sample-prefecture'], {
    env: { ...inherited, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let told = '';
  for await (const chunk of program.stdout) {
    told += String(chunk);
    const url = /HTTP 服务:(http:\S+)/u.exec(told)?.[1];
    if (url !== undefined) {
      // Its database lives in the folder that is removed next.
      const ended = once(program, 'exit');
      return { url, stop: () => (program.kill('SIGINT'), ended) };
    }
  }
  throw new Error(`the program ended: ${told}`);
}

async function openPage(page: Page, name: string, region: string): Promise<void> {
  await page.goto(`${PAGES[name]!.replace('{region}', region)}?region=${region}`);
  if (name === 'project') {
    await page.locator('[data-row="0"] a').click();
    await page.locator('#events li').first().waitFor();
  }
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
}

/** For the README: what the pages are for at a glance, on one small window each. */
const README: Record<string, (page: Page) => Promise<unknown>> = {
  overview: (page) => openPage(page, 'overview', PLACES.sample),
  list: (page) => openPage(page, 'projects', PLACES.list),
  payment: overpaid,
};

/** A payment above what was received, as it is typed: the rules say why, with the arithmetic, before it is sent. */
async function overpaid(page: Page): Promise<void> {
  await page.goto(
    `/projects?region=${PLACES.sample}&stage=UnderConstruction&sort=totalInvestment&descending=true`,
  );
  await page.locator('[data-row="0"] a').click();
  const line = page.locator('#money tbody tr', { hasText: '自筹资金' }).first();
  const source = await line.locator('th').innerText();
  const year = await line.locator('td').first().innerText();
  await page.locator('#money').getByRole('button', { name: '资金支付', exact: true }).click();
  await page.locator('#field-source').selectOption({ label: source });
  const values = {
    effectiveDate: '2026-11-20',
    budgetYear: year,
    payee: '示例建设公司',
    basisDocument: '示例施工合同第3期',
    purpose: '工程款',
    amount: '9000',
  };
  for (const [name, value] of Object.entries(values)) await page.locator(`#field-${name}`).fill(value);
  await page.locator('#field-amount-fault').waitFor();
  await page.locator('#money').evaluate((section) => section.scrollIntoView());
}

const only = process.argv.slice(2);
const dataDir = mkdtempSync(path.join(tmpdir(), 'taizhang-pictures-'));
mkdirSync(FOLDER, { recursive: true });
const { url, stop } = await serving(dataDir);
const browser = await openBrowser();
try {
  const small = await openWindow(browser, url, { width: 1280, height: 780 });
  for (const [name, open] of Object.entries(README)) {
    if (only.length > 0 && !only.includes('readme')) continue;
    await open(small.page);
    await small.page.screenshot({ path: path.join(FOLDER, `readme-${name}.png`) });
  }
  for (const [size, viewport] of Object.entries(SIZES)) {
    // The window stays: this browser is one process, and ends with the first that is closed.
    const { page } = await openWindow(browser, url, viewport);
    for (const [place, region] of Object.entries(PLACES)) {
      for (const name of Object.keys(PAGES).filter((one) => only.length === 0 || only.includes(one))) {
        if (place !== 'list' && OF_THE_LIST.has(name)) continue;
        await openPage(page, name, region);
        await page.screenshot({ path: path.join(FOLDER, `${name}-${place}-${size}.png`) });
      }
    }
  }
} finally {
  await browser.close();
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
}
