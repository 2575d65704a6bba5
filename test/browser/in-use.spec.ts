import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { ACTOR } from '../http/client.js';
import { pageStory } from './page-story.js';

const LIST = readFileSync(new URL('../../samples/liangshan-major-projects.csv', import.meta.url));
const OVERVIEW = '**/api/v1/overview*';

/** What becomes of figures when the answer is late or fails, of what is typed, and of the place one was in. */
describe('the page in use', () => {
  let page: Page;
  pageStory(async ({ served, ...story }) => {
    ({ page } = story);
    const body = new FormData();
    body.set('file', new Blob([Uint8Array.from(LIST)]), 'list.csv');
    const path = '/api/v1/imports/project-lists?region=513400&effectiveDate=2023-12-15';
    const headers = { ...ACTOR, 'x-taizhang-region': '513400' };
    expect((await served.client.send(path, { method: 'POST', body, headers })).status).toBe(201);
  });

  const figure = (label: string) => page.locator('.figure', { hasText: label }).locator('strong').first();

  it('says of figures that they are the former ones while those of another region are under way', async () => {
    await page.goto('/?region=513400');
    await figure('总投资').getByText('39,045').waitFor();
    let answer: () => void = () => undefined;
    await page.route(OVERVIEW, async (route) => {
      await new Promise<void>((resolve) => (answer = resolve));
      await route.continue();
    });
    await page.getByLabel('地区').selectOption({ label: '宁南县' });
    const former = page.getByText('所见仍是先前的内容').filter({ visible: true });
    await former.waitFor();
    answer();
    await figure('总投资').getByText('300', { exact: true }).waitFor();
    await former.waitFor({ state: 'hidden' });
    await page.unroute(OVERVIEW);
  });

  it('shows no figure of now under a day whose figures did not come', async () => {
    await page.route(OVERVIEW, (route) => route.abort());
    await page.getByLabel('按记录时间').fill('2024-06-30');
    await page.getByRole('alert').getByText('连接不上服务器').waitFor();
    expect(await page.locator('.figure').count()).toBe(0);
    await page.unroute(OVERVIEW);
    await page.getByRole('button', { name: '重试' }).click();
    await figure('项目').getByText('0', { exact: true }).waitFor();
  });

  it('takes a year that is typed over another', async () => {
    await page.goto('/?region=513400&known=2026-06-30');
    const day = page.getByLabel('按记录时间');
    await day.focus();
    await page.keyboard.type('2025');
    await page.waitForURL(/known=2025-06-30/u);
    expect(await day.inputValue()).toBe('2025-06-30');
    await page.keyboard.type('0');
    await day.blur();
    expect(await day.inputValue()).toBe('2025-06-30');
  });

  it('leads from a line of the ledger to its event in the history of the project, and marks it', async () => {
    await page.goto('/journal?region=513400&stage=planned');
    const line = page.getByRole('row', { name: /宁南县托育中心/u });
    await line.getByRole('link', { name: '看事件' }).click();
    const event = page.locator('#events [aria-current="true"]:focus');
    await event.getByText('资金来源计划').waitFor();
    const { y } = (await event.boundingBox())!;
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(page.viewportSize()!.height);
  });

  it('says of the list that its sums are unknown where they did not come, and reads them again', async () => {
    await page.goto('/projects?region=513400');
    const foot = page.locator('.foot');
    await foot.getByText('39,045').waitFor();
    await page.route('**/api/v1/projects/*', (route) => route.abort());
    await page.getByRole('search').getByLabel('项目类型').selectOption('Childcare');
    await page.getByRole('alert').first().waitFor();
    expect(await foot.innerText()).toMatch(/合计 — 个项目\s+—\s+—\s+—/u);
    await page.unroute('**/api/v1/projects/*');
    await page.getByRole('button', { name: '重试' }).first().click();
    await foot.getByText('300', { exact: true }).waitFor();
    await foot.getByText('合计 1 个项目').waitFor();
  });

  it('lets a figure of the list be marked without leaving, and copies rows as a spreadsheet takes them', async () => {
    await page.goto('/projects?region=513400');
    const total = page.locator('[data-row="18"]').getByText('300', { exact: true });
    await total.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await total.boundingBox())!;
    await page.mouse.move(x + 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width - 2, y + height / 2, { steps: 4 });
    await page.mouse.up();
    expect(await page.evaluate(() => String(getSelection()))).toBe('300');
    expect(new URL(page.url()).pathname).toBe('/projects');
    const copy = () =>
      page.evaluate(() => {
        const event = new ClipboardEvent('copy', {
          clipboardData: new DataTransfer(),
          bubbles: true,
          cancelable: true,
        });
        (document.activeElement ?? document.body).dispatchEvent(event);
        return event.clipboardData!.getData('text/plain');
      });
    await page.locator('[data-row="18"]').focus();
    await page.evaluate(() => getSelection()!.removeAllRanges());
    const row = /^19\t宁南县托育中心\t托育\t入库\t2023年\t[^\t]+\t300\t100\t200\t[^\t\n]+$/u;
    expect(await copy()).toMatch(row);
    await page.evaluate(() => {
      const cell = (n: number) => document.querySelector(`[data-row="${n}"] [role="gridcell"]`)!;
      getSelection()!.setBaseAndExtent(cell(17), 0, cell(18), 1);
    });
    const lines = (await copy()).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(row);
  });

  it('comes back from a project to the row that was opened', async () => {
    await page.goto('/projects?region=513400');
    await page.locator('[data-row="0"]').focus();
    await page.keyboard.press('End');
    await page.locator('[data-row="21"]:focus').waitFor();
    const top = () => page.getByRole('grid').evaluate(({ scrollTop }) => scrollTop);
    const before = await top();
    expect(before).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    await page.locator('#events li').first().waitFor();
    // Who uses the keyboard goes on in the page, and not before its navigation.
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
    await page.goBack();
    await page.locator('[data-row="21"]:focus').waitFor();
    expect(await top()).toBe(before);
  });

  it('tries the rules again where trying them failed, and records nothing by it', async () => {
    await page.goto('/projects?region=513400&q=宁南县托育');
    await page.getByLabel('身份').selectOption('清单演示员');
    await page.locator('[data-row="0"]').click();
    await page.getByRole('button', { name: '开工', exact: true }).click();
    const rehearsals = '**/starts?dryRun=true';
    await page.route(rehearsals, (route) => route.abort());
    const drawer = page.getByRole('dialog');
    await drawer.locator('#field-effectiveDate:focus').waitFor();
    await drawer.locator('#field-effectiveDate').fill('2024-04');
    await drawer.getByRole('button', { name: '重试' }).waitFor();
    await page.unroute(rehearsals);
    const asked = page.waitForRequest((request) => request.url().includes('/starts'));
    await drawer.getByRole('button', { name: '重试' }).click();
    expect((await asked).url()).toContain('dryRun=true');
    await page.keyboard.press('Escape');
  });

  it.each([320, 920])('breaks no amount between its digits, %s px wide', async (width) => {
    await page.setViewportSize({ width, height: 640 });
    await page.goto('/?region=513400&unit=yuan');
    await page.getByText('390,450,000.00').first().waitFor();
    const lines = await figure('总投资').evaluate((amount) => {
      const range = document.createRange();
      range.selectNodeContents(amount);
      return new Set([...range.getClientRects()].map(({ top }) => top)).size;
    });
    expect(lines).toBe(1);
    const fits = await figure('总投资').evaluate((amount) => amount.scrollWidth <= amount.clientWidth);
    expect(fits).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
