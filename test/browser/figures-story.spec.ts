import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { Story, wan } from '../http/story.js';
import type { TestServer } from '../http/test-server.js';
import { dropFile, seriousViolations } from './browser.js';
import { pageStory } from './page-story.js';

const LIST = readFileSync(new URL('../../samples/liangshan-major-projects.xlsx', import.meta.url));
const dayInChina = (at: number): string =>
  new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
const YESTERDAY = dayInChina(Date.now() - 86_400_000);
const TOMORROW = dayInChina(Date.now() + 86_400_000);

/** The published list dropped on the page, then looked at in the ledger, and a finding of it handled by two people. */
describe('figures on the page', () => {
  let served: TestServer;
  let page: Page;
  pageStory((story) => ({ served, page } = story));

  const actAs = (user: string) => page.getByLabel('身份').selectOption(user);
  const drop = (bytes: Buffer, name: string) => dropFile(page, bytes, name);

  it('says before there is anything that there is nothing', async () => {
    await page.goto('/ledger');
    await page.getByText('这个范围内没有项目').waitFor();
  });

  it('shows the server’s sentence for a file that is none', async () => {
    await page.goto('/imports');
    await actAs('清单演示员');
    await drop(Buffer.alloc(0), '空.xlsx');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/\p{Script=Han}/u);
  });

  it('tries a dropped list first, and records it then', async () => {
    await drop(LIST, '清单.xlsx');
    const record = page.getByRole('button', { name: '记录这 22 行' });
    await record.waitFor();
    await page.getByText('39,045').first().waitFor();
    await page.getByText(/来源未列200万元/u).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await record.click();
    await page.getByText('已记录：新项目 22 个').waitFor();
    // Its places can be chosen at once, where there was none before.
    await page
      .getByLabel('查看范围')
      .locator('option', { hasText: '凉山' })
      .first()
      .waitFor({ state: 'attached' });
  });

  it('says that the same file was imported before', async () => {
    await drop(LIST, '清单.xlsx');
    await page.getByText('同一文件此前已导入').waitFor();
    expect(await page.locator('dl').first().innerText()).toMatch(/将记录\s*0 行[\s\S]+无变化\s*22 行/u);
  });

  it('keeps what was imported, row by row, with the file itself', async () => {
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('link', { name: '看此前的导入' }).click();
    await page.getByRole('heading', { level: 1, name: '清单.xlsx' }).waitFor();
    expect(await page.locator('dl').first().innerText()).toMatch(/清单演示员[\s\S]+[0-9a-f]{64}/u);
    expect(await page.locator('tr', { has: page.locator('td.outcome') }).count()).toBe(22);
    expect(await seriousViolations(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载原文件' }).click();
    expect(readFileSync(await (await download).path())).toEqual(LIST);
  });

  it('adds the ledger up, and opens what is behind a figure', async () => {
    page.once('dialog', (dialog) => void dialog.accept());
    await page.goto('/ledger?region=513400&rows=category');
    const total = page.locator('tfoot');
    await total.getByText('39,045').waitFor();
    expect(await total.innerText()).toMatch(/22\s+39,045\s+38,845/u);
    expect(await page.locator('main header').innerText()).toMatch(/来源未列合计 200 万元/u);
    await page.getByText('元', { exact: true }).click();
    await total.getByText('390,450,000.00').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.locator('tbody tr', { hasText: '托育' }).getByRole('link', { name: '1,000,000.00' }).click();
    await page.getByRole('heading', { name: '台账分录' }).waitFor();
    await page.getByRole('link', { name: '看事件' }).first().click();
    await page.waitForURL(/\/projects\/.+#event-/u);
    await page.getByRole('heading', { level: 1, name: '宁南县托育中心' }).waitFor();
  });

  it('shows the figures of a day on which nothing was known', async () => {
    await page.goto(`/ledger?region=513400&rows=category`);
    await page.locator('tfoot').getByText('39,045').waitFor();
    await page.getByLabel('按记录时间').fill(YESTERDAY);
    await page.getByText('这个范围内没有项目').waitFor();
    await page.getByRole('button', { name: '回到现在' }).click();
    await page.locator('tfoot').getByText('39,045').waitFor();
  });

  it('shows the list, the overview and a project of a day, says so, and records nothing into the past', async () => {
    const past = page.getByRole('status').filter({ hasText: '不是现在' });
    await page.goto('/projects?region=513400');
    const foot = page.locator('.foot');
    await foot.getByText('39,045').waitFor();
    expect(await past.count()).toBe(0);
    await page.getByLabel('按业务日期').fill(YESTERDAY);
    await foot.getByText('合计 0 个项目').waitFor();
    expect(await past.innerText()).toContain(`${YESTERDAY} 前已发生`);
    await page.getByLabel('按业务日期').fill(TOMORROW);
    await foot.getByText('合计 22 个项目').waitFor();
    expect(page.url()).toContain(`effective=${TOMORROW}`);
    expect(await seriousViolations(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出 .csv' }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toContain(`截至 ${TOMORROW} 有效`);
    await page.locator('[data-row="0"]').click();
    await page.getByText('现在看的是过去；回到现在才能记录').waitFor();
    expect(await page.locator('.section .actions button').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^冲销/u }).count()).toBe(0);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByLabel('按业务日期').fill(YESTERDAY);
    await page.getByText('在所问的时间还没有').first().waitFor();
    await page.getByRole('link', { name: '总览' }).click();
    await page.locator('.figure', { hasText: '全部类型和状态' }).getByText('0', { exact: true }).waitFor();
    await page.getByRole('link', { name: '导入', exact: true }).click();
    await past.getByText('导入总是对现在的台账').waitFor();
    await page.getByRole('button', { name: '回到现在' }).click();
    await past.waitFor({ state: 'detached' });
  });

  it('lets a finding be put right by one and closed by another only', async () => {
    const story = await Story.begin(served.client);
    await story.tell('funding-plan', '2024-10-01', { lines: [{ source: 'SelfRaised', amount: wan(300) }] });
    await served.client.get(`/findings?waitFor=${story.position}`);
    await page.goto('/findings?region=990100&rule=M8');
    await actAs('发改演示员');
    await page.locator('td.said a').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.locator('td.said a').click();
    await page.getByRole('heading', { name: '5,000,000.00 元 − ' }).waitFor();
    await page.getByRole('radio', { name: '整改' }).check();
    await page.getByLabel('整改措施和结果').fill('已申报补助 200 万元');
    await page.getByRole('button', { name: '登记整改' }).click();
    await page.getByText('现为“已整改”').waitFor();
    await page.getByLabel('核实情况').fill('已核实');
    await page.getByRole('button', { name: '登记销号' }).click();
    await page.getByText('整改登记人不能自己销号').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await actAs('审计演示员');
    await page.getByRole('button', { name: '登记销号' }).click();
    await page.getByText('现为“已销号”').waitFor();
    expect(await page.locator('.steps').innerText()).toMatch(/发改演示员[\s\S]+审计演示员/u);
  });

  it.each(['/rules', '/rules/M8', '/trace', '/ageing', '/ageing/lots', '/journal', '/capacity'])(
    'has no serious fault at %s',
    async (address) => {
      page.once('dialog', (dialog) => void dialog.accept());
      await page.goto(address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
    },
  );
});
