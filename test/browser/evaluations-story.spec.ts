import type { Page } from 'playwright-core';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import type { TestServer } from '../http/test-server.js';
import { seriousViolations } from './browser.js';
import { pageStory } from './page-story.js';

const UNIT = '示例州卫健委';

/** The capability sheet is filled in; a year is sealed, verified and opened; a report of statistics that nobody sent is told as missing. */
describe('evaluations and statistics on the page', () => {
  let served: TestServer;
  let page: Page;
  pageStory(async (story) => {
    ({ served, page } = story);
    await loadPrefecture(served.platform.store, { counties: 1, years: 2, seed: 3, projectsPerCountyYear: 1 });
  });

  const act = (user: string) => page.getByLabel('身份').selectOption(user);
  const group = (item: string) => page.getByRole('group', { name: item });
  const row = (item: string) => page.getByRole('row', { name: item });
  const submit = (count: number) =>
    page.getByRole('button', { name: `记录示例州 2025 年度的 ${count} 项得分` });

  it('refuses points at their field: too many of them, on no evidence, or by whoever is evaluated', async () => {
    await page.goto('/evaluations/sheet?region=990100&year=2025');
    await row('E1 工作机制与责任落实').getByText('未评').waitFor();
    await row('B1 项目开工率').getByText('封存时计算').waitFor();
    expect(await submit(0).isDisabled()).toBe(true);
    await group('E1').getByLabel('得分').fill('10.01');
    await submit(1).click();
    const nothing = group('E1').getByRole('alert');
    await nothing.waitFor();
    expect(await group('E1').getByLabel('依据文件').getAttribute('aria-describedby')).toBe(
      'E1-evidence-fault',
    );
    await group('E1').getByLabel('依据文件').fill('示例评〔2026〕1号');
    await submit(1).click();
    await page.getByText('无权评价打分').waitFor();
    await act('评估演示员');
    await submit(1).click();
    await nothing.getByText('“工作机制与责任落实”打了 10.01 分，超过该项的 10 分').waitFor();
    expect(await group('E1').getByLabel('得分').getAttribute('aria-invalid')).toBe('true');
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('asks before points that were typed are lost', async () => {
    page.once('dialog', (dialog) => void dialog.dismiss());
    await page.getByRole('link', { name: '封存的评估' }).click();
    expect(new URL(page.url()).pathname).toBe('/evaluations/sheet');
  });

  it('records several items at once, with the keyboard alone, and shows who gave them on what', async () => {
    await group('E1').getByLabel('得分').fill('8.5');
    await group('F1').getByLabel('得分').focus();
    await page.keyboard.type('9');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('实地查看三处');
    await page.keyboard.press('Enter');
    await page.getByText('已记录 2 项得分').waitFor();
    await row('E1 工作机制与责任落实').getByText('示例评〔2026〕1号').waitFor();
    expect(await row('F1 服务质量与安全').innerText()).toMatch(/9[\s\S]+实地查看三处[\s\S]+评估演示员/u);
    await page.getByText('已评 20 分，得 17.50 分').waitFor();
    expect(await group('E1').getByLabel('得分').inputValue()).toBe('');
  });

  it('keeps what stood when points are given anew', async () => {
    await group('E1').getByLabel('得分').fill('9');
    await group('E1').getByLabel('依据说明').fill('复核');
    await submit(1).click();
    await page.getByText('已记录 1 项得分').waitFor();
    await row('E1 工作机制与责任落实').getByText('此前打过 1 次').click();
    await row('E1 工作机制与责任落实').getByText('8.5 分，示例评〔2026〕1号').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('gives no points while it looks at the past', async () => {
    await page.goto('/evaluations/sheet?region=990100&year=2025&known=2020-01-01');
    await page.getByText('回到现在才能打分').waitFor();
    await row('E1 工作机制与责任落实').getByText('未评').waitFor();
    expect(await group('E1').count()).toBe(0);
  });

  it('seals a year only after it was confirmed, and lists it', async () => {
    await page.goto('/evaluations?region=990100');
    await page.getByText('没有封存过的年度评估').waitFor();
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
    await row('F1 服务质量与安全 服务成效 10 9.00 实地查看三处').waitFor();
    expect(await row('E2 要素保障').innerText()).toContain('未评');
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
