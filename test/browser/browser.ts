import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a page did that it should not: asked another origin, broke its own policy, threw. */
export interface Faults {
  foreignRequests: string[];
  consoleErrors: string[];
}

export interface Window {
  page: Page;
  context: BrowserContext;
  faults: Faults;
}

interface Size {
  width?: number;
  height?: number;
}

// The page draws nothing in three dimensions, and to compute a graphics card takes two fifths of the browser's time.
chromium.setGraphicsMode = false;

/** The Chromium of npm, without a window. One for a whole specification: it takes a second to start. */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    // Of its own texts it brings no Chinese ones; the order of year, month and day is China's at least.
    args: [...chromium.args, '--lang=zh-CN'],
    headless: true,
  });
}

/** A window of its own, with no memory of others, in China's time and language. */
export async function openWindow(
  browser: Browser,
  url: string,
  { width = 1440, height = 900 }: Size = {},
): Promise<Window> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const faults: Faults = { foreignRequests: [], consoleErrors: [] };
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(url).origin)
      faults.foreignRequests.push(request.url());
  });
  page.on('pageerror', (error) => faults.consoleErrors.push(String(error)));
  page.on('console', (message) => {
    // That a refusal is an answer of status 4xx is no fault of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.consoleErrors.push(message.text());
    }
  });
  return { page, context, faults };
}

/** As a person drops a file from the desktop, on the one place of the page that takes it. */
export async function dropFile(page: Page, bytes: Buffer, name: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([base64, fileName]) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
      transfer.items.add(new File([content], fileName!));
      return transfer;
    },
    [bytes.toString('base64'), name],
  );
  await page.getByTestId('drop').dispatchEvent('drop', { dataTransfer: data });
}

/** Violations that axe calls serious or critical, as lines to read; none is the wish. */
export async function seriousViolations(page: Page): Promise<string[]> {
  return page.evaluate(async (source) => {
    // Evaluated by the driver, which the page's policy does not bind.
    if (!('axe' in window)) (0, eval)(source);
    const { violations } = await (
      window as unknown as { axe: { run(options: object): Promise<AxeResult> } }
    ).axe.run({ resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      );
  }, AXE);
}

interface AxeResult {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
}
