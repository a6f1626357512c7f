import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Response } from 'playwright-core';
import type { Visits } from './pages.ts';

/** The requests of a browser with an empty cache for one page. */
export type FirstLoad = {
  page: string;
  /** Number of files: the page, scripts, styles and images. */
  files: number;
  /** Sum of the files' sizes in bytes, each compressed with gzip as a web server would. */
  fileBytes: number;
  apiRequests: number;
  /** Requested addresses on other hosts. */
  elsewhere: string[];
};

/** Opens each page in a new browser context with an empty cache, and waits until no request is left. */
export async function firstLoads(siteUrl: string, visits: Visits): Promise<FirstLoad[]> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    // Each refresh token is used once, so each page continues with the cookies of the page before.
    let session = await signedIn(browser, siteUrl, visits.account);
    const found: FirstLoad[] = [];
    for (const { name, path, signedIn: mustBe } of visits.pages) {
      const known = mustBe ? { storageState: session } : {};
      const context = await browser.newContext({ baseURL: siteUrl, locale: 'en-GB', ...known });
      const page = await context.newPage();
      const responses: Response[] = [];
      const elsewhere: string[] = [];
      page.on('response', (response) => responses.push(response));
      page.on('request', (request) => {
        if (isElsewhere(request.url(), siteUrl)) elsewhere.push(request.url());
      });
      await page.goto(path, { waitUntil: 'networkidle' });
      if (new URL(page.url()).pathname !== path) throw new Error(`${path} led to ${page.url()}`);
      found.push({ page: name, ...(await weigh(responses, siteUrl)), elsewhere });
      if (mustBe) session = await context.storageState();
      await context.close();
    }
    return found;
  } finally {
    await browser.close();
  }
}

/** The storage of a browser after signing in. */
async function signedIn(browser: Browser, siteUrl: string, { username, password }: Visits['account']) {
  const context = await browser.newContext({ baseURL: siteUrl, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password', { exact: true }).press('Enter');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Whether an address is on another host. The browser answers other schemes, such as `about:blank`, by itself. */
function isElsewhere(address: string, siteUrl: string): boolean {
  const { protocol, origin } = new URL(address);
  return /^(https?|wss?):$/.test(protocol) && origin !== siteUrl;
}

async function weigh(responses: Response[], siteUrl: string): Promise<Omit<FirstLoad, 'page' | 'elsewhere'>> {
  const isOurs = (response: Response) => new URL(response.url()).origin === siteUrl;
  const isApi = (response: Response) => new URL(response.url()).pathname.startsWith('/api/');
  const ours = responses.filter(isOurs);
  const files = ours.filter((response) => !isApi(response));
  const bodies = await Promise.all(files.map((response) => response.body()));
  return {
    files: files.length,
    fileBytes: bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0),
    apiRequests: ours.length - files.length,
  };
}

/** The figures in the form of `bench/expected/site.json`. */
export const figuresOf = (loads: readonly FirstLoad[]): Record<string, number> =>
  Object.fromEntries(
    loads.flatMap(({ page, files, fileBytes, apiRequests, elsewhere }) => [
      [`${page} files`, files],
      [`${page} bytes`, fileBytes],
      [`${page} API requests`, apiRequests],
      [`${page} requests elsewhere`, elsewhere.length],
    ]),
  );
