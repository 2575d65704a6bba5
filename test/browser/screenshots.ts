/**
 * `npm run screenshots`: PNGs of every page with the published list and with the made-up 示例州, wide, narrow and on paper,
 * into docs/pictures, and the three of the README (`npm run screenshots -- readme` makes these alone, `-- plan-import` one
 * page). Runs the built program on a database of its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { dropFile, openBrowser, openWindow } from './browser.js';

const FOLDER = 'docs/pictures';
/** On paper a page is as long as it is. */
const SIZES = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
  paper: { width: 794, height: 1123 },
} as const;
const PLACES = { list: '513400', sample: '990100' } as const;

/** Pages by name; what is done on them before the picture, under `DONE`. */
const PAGES: Record<string, string> = {
  overview: '/',
  projects: '/projects',
  project: '/projects',
  'funding-plan': '/projects',
  'lottery-allocation': '/projects',
  'bond-allocation': '/projects',
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
  'plan-import': '/plans/import',
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
    const url = /HTTP 服务：(http:\S+)/u.exec(told)?.[1];
    if (url !== undefined) {
      // Its database lives in the folder that is removed next.
      const ended = once(program, 'exit');
      return { url, stop: () => (program.kill('SIGINT'), ended) };
    }
  }
  throw new Error(`the program ended: ${told}`);
}

const LONG = '示例州关于下达2025年中央集中彩票公益金支持社会福利事业专项资金(第二批)预算指标的通知';
/** With what fits, what does not, and names as long as documents print them. */
const PLAN = Buffer.from(
  [
    '方案,示例州“一老一小”整体解决方案(2023—2025年)及各县任务分解与资金测算(示例)',
    '行政区划代码,990100',
    '时期,2023—2025',
    '印发日期,2023-12-11',
    '地区,类别,指标,原文名称,单位,年份,关系,数值,上限,属性,牵头单位,文件,位置,备注',
    '示例州,基期,常住人口,全州常住人口,万人,2020,=,100,,,,示例方案,一,示例',
    `示例州,目标,每千人口3岁以下婴幼儿托位数,${LONG},个,2025,≥,4.5,,预期性,示例州卫生健康委,示例方案,二(一),示例`,
    '示例州,目标,养老机构护理型床位占比,养老机构护理型床位占比,%,2025,≥,五十五,,约束性,示例州民政局,示例方案,二(二),示例',
    '示例州,目标,不在目录里的指标名称,街道(乡镇)区域养老服务中心和社区嵌入式托育服务设施综合覆盖率,%,2025,≥,60,,预期性,示例州民政局,示例方案,三,示例',
  ].join('\n'),
);
const DONE: Record<string, (page: Page) => Promise<unknown>> = {
  project: firstProject,
  'funding-plan': async (page) => {
    await openForm(page, '编制或调整资金计划');
    await page.getByRole('button', { name: '加一行' }).click();
    const sources = page.locator('.plan .parts > select:first-child');
    await sources.nth(-2).selectOption('WelfareLotteryFund');
    await sources.last().selectOption('LocalSpecialBond');
  },
  'lottery-allocation': async (page) => {
    await openForm(page, '资金下达');
    await page.locator('#field-source').selectOption('WelfareLotteryFund');
    await page.locator('#field-documentNumber').fill(LONG);
    await page.locator('#field-level').selectOption('central');
    await page.locator('#field-lotteryPurpose').focus();
  },
  'bond-allocation': async (page) => {
    await openForm(page, '资金下达');
    await page.locator('#field-source').selectOption('LocalSpecialBond');
    await page.locator('#field-repaymentBond').fill(LONG);
    await page.locator('#field-repaymentMaturity').fill('2025年');
    await page.getByRole('button', { name: '记录', exact: true }).click();
  },
  'plan-import': async (page) => {
    await dropFile(page, PLAN, `${LONG}所附示例州“一老一小”整体解决方案主要指标.csv`);
    await page.locator('main h2').first().waitFor();
  },
};

async function firstProject(page: Page): Promise<void> {
  await page.locator('[data-row="0"] a').click();
  await page.locator('#events li').first().waitFor();
}

async function openForm(page: Page, name: string): Promise<void> {
  await firstProject(page);
  await page.locator('main').getByRole('button', { name, exact: true }).click();
  await page.locator('.fact-form').waitFor();
}

async function openPage(page: Page, name: string, region: string): Promise<void> {
  await page.goto(`${PAGES[name]!.replace('{region}', region)}?region=${region}`);
  await DONE[name]?.(page);
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
        // Only now: on paper there is nothing to click on.
        if (size === 'paper') await page.emulateMedia({ media: 'print' });
        await page.screenshot({
          path: path.join(FOLDER, `${name}-${place}-${size}.png`),
          fullPage: size === 'paper',
        });
        await page.emulateMedia({ media: 'screen' });
      }
    }
  }
} finally {
  await browser.close();
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
}
