import { existsSync, statSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import type { TestServer } from '../http/test-server.js';
import { openWindow, seriousViolations } from './browser.js';
import { pageStory } from './page-story.js';

describe('the page as a whole', () => {
  let served: TestServer;
  let browser: Browser;
  let page: Page;
  pageStory((story) => ({ served, browser, page } = story));

  it('was built before the tests', () => expect(existsSync('dist/apps/web/index.html')).toBe(true));

  it('opens at every address of its own and at no other', async () => {
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.title()).toBe('总览 — 台账');
    const missing = await page.request.get('/nowhere');
    expect(missing.status()).toBe(404);
    expect(missing.headers()['content-type']).toContain('application/problem+json');
    const asset = await page.request.get('/assets/..%2findex.html');
    expect(await asset.json()).toMatchObject({ status: 404, code: 'route.notFound' });
  });

  it('leads whoever mistypes an address in a browser back, and answers programs with a problem', async () => {
    const { page } = await openWindow(browser, served.server.url);
    const api = await page.goto('/api/v1/nowhere');
    expect(api!.headers()['content-type']).toContain('application/problem+json');
    expect((await page.goto('/nowhere'))!.status()).toBe(404);
    expect(await page.title()).toBe('没有这个页面 — 台账');
    await page.getByRole('link', { name: '回到总览' }).click();
    await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
    await page.close();
  });

  it('is kept for ever where its name has a digest, and asked for again where not', async () => {
    const page = await fetch(served.server.url);
    const asset = /src="(\/assets\/[^"]+\.js)"/u.exec(await page.text())![1]!;
    const script = await fetch(served.server.url + asset, { headers: { 'accept-encoding': 'br' } });
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-encoding')).toBe('br');
  });

  it('shows the first view with less than 300 kB of script, and loads no other page with it', async () => {
    const { page } = await openWindow(browser, served.server.url);
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
    });
    await page.goto('/');
    await page.locator('canvas').nth(1).waitFor();
    await page.waitForLoadState('networkidle');
    const bytes = scripts.map((script) => statSync(`dist/apps/web${script}.br`).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
    expect(scripts.filter((script) => /Page-/u.test(script))).toEqual([
      expect.stringContaining('OverviewPage'),
    ]);
  });

  it('writes the explanation of the API in the font of the page, from this server alone', async () => {
    const { page, faults } = await openWindow(browser, served.server.url);
    await page.goto('/docs');
    await page.getByText('项目入库', { exact: true }).first().waitFor();
    const isLoaded = () =>
      page.evaluate(async () => {
        await document.fonts.ready;
        return [...document.fonts].some(
          ({ family, status }) => /Noto Sans SC/u.test(family) && status === 'loaded',
        );
      });
    expect(await isLoaded()).toBe(true);
    expect(faults.foreignRequests).toEqual([]);
  });

  it('takes unit, day and region along from page to page, in the address', async () => {
    await page.goto('/?region=513400');
    await page.getByLabel('按记录时间').fill('2026-03-01');
    await page.getByText('元', { exact: true }).click();
    await page.getByRole('link', { name: '项目库与清单' }).click();
    await page.waitForURL(/projects\?/u);
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toMatchObject({
      region: '513400',
      unit: 'yuan',
      known: '2026-03-01',
    });
  });

  it('says on paper which region a page is about, and nothing of what was not chosen', async () => {
    await page.goto('/indicators?region=513400&effective=2025-12-31');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByLabel('地区').isVisible()).toBe(true);
    expect(await page.getByLabel('按业务日期').inputValue()).toBe('2025-12-31');
    expect(await page.getByLabel('按业务日期').isVisible()).toBe(true);
    expect(await page.getByLabel('按记录时间').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
  });

  it('has no serious fault for people who do not see or do not use a mouse', async () => {
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });
});
