import type { Browser, Page } from 'playwright-core';
import { testServer, type TestServer } from '../http/test-server.js';
import { openBrowser, openWindow } from './browser.js';

export interface PageStory {
  served: TestServer;
  browser: Browser;
  page: Page;
}

/**
 * One server, browser and window for the specifications of a `describe`, told in the order they stand in. `begin` keeps
 * what they need and records what they start from. After each of them the page must have had no fault.
 */
export function pageStory(begin: (story: PageStory) => unknown): void {
  let served: TestServer;
  let browser: Browser;
  let shown: Awaited<ReturnType<typeof openWindow>>;

  beforeAll(async () => {
    [served, browser] = await Promise.all([testServer(), openBrowser()]);
    shown = await openWindow(browser, served.server.url);
    shown.page.setDefaultTimeout(20_000);
    await begin({ served, browser, page: shown.page });
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });
  afterEach(() => expect(shown.faults).toEqual({ foreignRequests: [], consoleErrors: [] }));
}
