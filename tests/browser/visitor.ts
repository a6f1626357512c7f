import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { theSandbox } from '#tests/helpers/sandbox.ts';

const RESULTS = join(import.meta.dirname, '..', '..', 'test-results', 'browser');
const STEP_TIMEOUT_MS = 15_000;

/** A promise, so that two who come at once share one browser. */
let browser: Promise<Browser> | undefined;
const open: Page[] = [];

/** Somebody with a browser of their own in front of the site. */
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

/** Keeps what everybody sees at this moment, for whoever looks into a failure. */
async function keepScreens(name: string): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  await Promise.all(open.map((page, n) => page.screenshot({ path: join(RESULTS, `${name}-${n}.png`) })));
}

async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
  open.length = 0;
}

/** A telling of a story that leaves pictures behind when it fails. */
export const told = (name: string, story: () => Promise<void>) => async () => {
  try {
    await story();
  } catch (error) {
    await keepScreens(name).catch(() => {});
    throw error;
  } finally {
    await closeBrowser();
  }
};

/** What axe finds on the page as it is now: `rule: element`. Nothing is right. */
export async function barriersOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** How many pixels the page is wider than the window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
