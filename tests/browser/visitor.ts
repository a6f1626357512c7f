import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { theSandbox } from '#tests/helpers/sandbox.ts';

const RESULTS = join(import.meta.dirname, '..', '..', 'test-results', 'browser');
const STEP_TIMEOUT_MS = 15_000;

/** A promise, so that concurrent visitors share one browser. */
let browser: Promise<Browser> | undefined;
const open: Page[] = [];

/** A page of the site with storage and cookies of its own. */
export async function visitor(options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= chromium.launch({
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const context = await (await browser).newContext({
    baseURL: theSandbox().siteUrl,
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  const page = await context.newPage();
  open.push(page);
  return page;
}

/** Takes a screenshot of every open page. */
async function takeScreenshots(name: string): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  await Promise.all(open.map((page, n) => page.screenshot({ path: join(RESULTS, `${name}-${n}.png`) })));
}

/** Takes a picture of the whole page, for people who want to look at it. */
export async function pictureOf(page: Page, name: string): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  await page.screenshot({ path: join(RESULTS, `${name}.png`), fullPage: true });
}

async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
  open.length = 0;
}

/** A test function that takes screenshots under `name` if it fails, and closes the browser. */
export const story = (name: string, run: () => Promise<void>) => async () => {
  try {
    await run();
  } catch (error) {
    await takeScreenshots(name).catch(() => {});
    throw error;
  } finally {
    await closeBrowser();
  }
};

/** The accessibility violations that axe finds on the page, as `rule: element`. */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Pixels by which the page is wider than the window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
