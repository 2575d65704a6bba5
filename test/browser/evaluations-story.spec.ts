import type { Page } from 'playwright-core';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import type { TestServer } from '../http/test-server.js';
import { seriousViolations } from './browser.js';
import { pageStory } from './page-story.js';

const UNIT = '示例州卫健委';

/** A year is sealed, verified and opened; a report of statistics that nobody sent is told as missing. */
describe('evaluations and statistics on the page', () => {
  let served: TestServer;
  let page: Page;
  pageStory(async (story) => {
    ({ served, page } = story);
    await loadPrefecture(served.platform.store, { counties: 1, years: 2, seed: 3, projectsPerCountyYear: 1 });
  });

  it('seals a year only after it was confirmed, and lists it', async () => {
    await page.goto('/evaluations?region=990100');
    await page.getByText('没有封存过的年度评估').waitFor();
    await page.getByLabel('身份').selectOption('评估演示员');
    await page.getByRole('spinbutton', { name: '年度' }).fill('2025');
    const seal = page.getByRole('button', { name: '封存' });
    expect(await seal.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: '确认封存' }).check();
    await seal.click();
    await page.getByText('已封存。').waitFor();
    await page.getByRole('link', { name: /示例.*2025/u }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('shows the snapshot with its digest, and that it still holds', async () => {
    await page.getByRole('link', { name: /示例.*2025/u }).click();
    await page.getByRole('heading', { level: 1, name: /2025 年度评估/u }).waitFor();
    expect(await page.locator('code.digest').innerText()).toMatch(/^[0-9a-f]{64}$/u);
    await page.getByRole('button', { name: '核对摘要' }).click();
    await page.getByText('与封存时一致').waitFor();
    await page.getByText('此前没有封存过同一地区同一年度').waitFor();
    await page.getByText('上一年度没有封存过').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('names the unit whose statistics are missing', async () => {
    const { status } = await served.client.post(
      '/statistics/990100/2024/openings',
      { duties: [{ unit: UNIT, figures: ['places'] }] },
      { 'x-taizhang-role': 'LeadUnit' },
    );
    expect(status).toBe(201);
    await page.goto('/statistics?region=990100&only=missing');
    await page.locator('tbody tr', { hasText: UNIT }).getByText('未报').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.goto('/statistics?region=990100&only=late');
    await page.getByText('没有这样的统计报表').waitFor();
  });
});
