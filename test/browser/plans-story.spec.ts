import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import { ACTOR } from '../http/client.js';
import { seriousViolations } from './browser.js';
import { pageStory } from './page-story.js';

const PLAN = '513400-2023-2025';

/** The published plan is read target by target, the way to one is followed, and divisions are compared. */
describe('plans, indicators and the comparison of divisions on the page', () => {
  let page: Page;
  pageStory(async ({ served, ...story }) => {
    ({ page } = story);
    const headers = { ...ACTOR, 'x-taizhang-region': '513400' };
    for (const [path, file] of [
      ['/imports/project-lists?region=513400&effectiveDate=2023-12-15', 'liangshan-major-projects.csv'],
      ['/imports/plans', 'plans/liangshan-indicators.csv'],
      ['/imports/plans', 'plans/liangshan-tasks.csv'],
    ] as const) {
      const body = new FormData();
      body.set('file', new Blob([Uint8Array.from(readFileSync(`samples/${file}`))]), file.split('/').at(-1));
      expect((await served.client.send(`/api/v1${path}`, { method: 'POST', body, headers })).status).toBe(
        201,
      );
    }
    await loadPrefecture(served.platform.store, {
      counties: 2,
      years: 2,
      seed: 3,
      projectsPerCountyYear: 1,
    });
  });

  it('shows targets beside what there is, and marks where only the rounded figure would pass', async () => {
    await page.goto('/plans?region=513400');
    await page.getByRole('link', { name: /凉山州.*整体解决方案/u }).click();
    await page.getByText('78 / 78 条').waitFor();
    await page.getByRole('button', { name: /^四舍五入后才达到/u }).click();
    const row = page.locator('#targets tbody tr');
    await page.getByText('1 / 78 条').waitFor();
    expect(await row.innerText()).toMatch(
      /每千人口3岁以下婴幼儿托位数[\s\S]+2\.585[\s\S]+未达到[\s\S]+四舍五入后才达到/u,
    );
    expect(page.url()).toContain('verdict=rounded');
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('puts targets that contradict each other side by side, and finds the tasks of a unit', async () => {
    const nursing = page.locator('#contradictions article', { hasText: '养老机构护理型床位占比' });
    expect(await nursing.first().locator('li strong').allInnerTexts()).toEqual(['80%', '80%', '≥60%']);
    await page.locator('#tasks').getByLabel('单位').fill('住房');
    await page.locator('#tasks').getByLabel('单位').press('Enter');
    await page
      .locator('#tasks tbody tr', { hasText: '养老机构护理型床位占比' })
      .first()
      .waitFor({ state: 'detached' });
    await page.locator('#tasks tbody tr', { hasText: '州住房城乡建设局' }).first().waitFor();
  });

  it('says what is missing to the target: 9,304 places, of which the list plans 200', async () => {
    await page.goto(`/plans/${PLAN}/trajectory?indicator=placesPerThousand`);
    const target = page.locator('tbody tr', { hasText: '4.5个' }).first();
    expect(await target.innerText()).toMatch(/约束性\s+21,863\s+9,304\s+200[\s\S]+9,104/u);
    expect(await page.locator('.now').innerText()).toMatch(/2\.585[\s\S]+12,559 个[\s\S]+4,858,400 人/u);
    const chart = page.getByRole('region', { name: /托位：现有/u });
    await chart.getByRole('button', { name: '看表' }).click();
    expect(await chart.getByRole('row', { name: /2025年/u }).innerText()).toMatch(
      /200\s+0\s+12,759\s+21,863/u,
    );
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('opens the events behind a number', async () => {
    await page.goto('/indicators?region=990100&indicator=startRate');
    await page
      .locator('summary', { hasText: /背后的 \d+ 个事件/u })
      .first()
      .click();
    await page.locator('details details li a').first().click();
    await page.waitForURL(/\/projects\/.*#event-/u);
  });

  it('ranks divisions, says the same in a table, and shades by quarter beside the rank', async () => {
    await page.goto('/counties?region=990100');
    const cell = page.locator('td', { hasText: '第 1' }).first();
    await cell.waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    const chart = page.getByRole('region', { name: '完成投资率(累计)排名' });
    await chart.getByRole('button', { name: '看表' }).click();
    expect(await chart.locator('tbody tr').count()).toBeGreaterThan(1);
    await page.getByLabel('排名依据').selectOption('inUseRate');
    await page.getByRole('region', { name: '投用率排名' }).waitFor();
  });

  it('says at a narrow window and in an empty region what there is to say', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/plans/${PLAN}`);
    await page.getByText('78 / 78 条').waitFor();
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    await page.goto('/plans?region=990100');
    await page.getByText('没有登记过方案').waitFor();
    await page.goto('/counties');
    await page.getByText('请先在上方选定').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });
});
