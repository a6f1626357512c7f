import type { Page, Route } from 'playwright-core';
import { drawPlayMoney, signUp } from './steps.ts';
import { axeViolations, story, visitor } from './visitor.ts';

const STORY_MS = 120_000;
const UNREACHABLE = 'Pupero cannot be reached just now. What you have typed is still here.';
const NOT_LOADED = 'The page you asked for could not be loaded. Nothing here is lost.';

/** Makes the whole server unreachable: pages, files and API. */
const disconnect = (page: Page) => page.route('**/*', (route) => route.abort('connectionrefused'));
const reconnect = (page: Page) => page.unroute('**/*');
/** Waits for a failed request after `act`, because the message of an earlier failure may still be shown. */
const untilRequestFails = (page: Page, act: () => Promise<void>) =>
  Promise.all([
    page.waitForEvent('requestfailed', (request) => new URL(request.url()).pathname === '/'),
    act(),
  ]);

test(
  'keeps the page and the typed text when a link is clicked offline, and opens the page after a retry',
  story('offline-click', async () => {
    const page = await visitor();
    await signUp(page, 'unplugged');
    await page.getByLabel('Amount (EUR)').fill('20,5');
    await page.waitForURL(/amount=20\.50/);
    await disconnect(page);
    const again = page
      .getByRole('alert')
      .filter({ hasText: NOT_LOADED })
      .getByRole('button', { name: 'Try again' });
    await page.getByRole('link', { name: 'Wallet' }).click();
    await page.getByText(NOT_LOADED).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await page.getByLabel('Amount (EUR)').inputValue()).toBe('20,5');
    await untilRequestFails(page, () => again.click());
    await untilRequestFails(page, () => page.getByRole('link', { name: 'My trades' }).click());
    await page.getByText(NOT_LOADED).waitFor();
    await reconnect(page);
    await again.click();
    await page.getByRole('heading', { name: 'My trades', level: 1 }).waitFor();
  }),
  STORY_MS,
);

test(
  'reloads once to open a page whose files a new deploy has removed',
  story('new-build', async () => {
    const page = await visitor({ locale: 'fr-FR' });
    await page.goto('/');
    const gone = (route: Route) => route.fulfill({ status: 404, body: 'Not found\n' });
    await page.route(/\/assets\/SignIn-/, gone);
    // The new build has another entry script: here the old one under a new name.
    const entry = /src="(\/assets\/first-[^"]+)"/;
    await page.route('**/*', async (route) => {
      if (route.request().resourceType() !== 'document' && new URL(route.request().url()).pathname !== '/')
        return route.fallback();
      const response = await route.fetch();
      await page.unroute(/\/assets\/SignIn-/, gone);
      return route.fulfill({ response, body: (await response.text()).replace(entry, 'src="$1?next"') });
    });
    await page.getByRole('link', { name: 'Se connecter' }).click();
    await page.getByRole('heading', { name: 'Se connecter', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  }),
  STORY_MS,
);

test(
  'reports a page whose files are missing without a new deploy, and does not reload in a loop',
  story('broken-file', async () => {
    const page = await visitor();
    let documents = 0;
    page.on('request', (request) => {
      if (request.resourceType() === 'document') documents += 1;
    });
    await page.route(/\/assets\/SignIn-/, (route) => route.fulfill({ status: 404, body: 'Not found\n' }));
    await page.goto('/sign-in');
    await page.getByText(NOT_LOADED).waitFor();
    expect(documents).toBe(1);
  }),
  STORY_MS,
);

test(
  'reports a language that cannot be loaded, and keeps the page',
  story('language-away', async () => {
    const page = await visitor();
    await page.goto('/');
    await disconnect(page);
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByText(UNREACHABLE).waitFor();
    await page.getByRole('heading', { name: 'Buy Monero', level: 1 }).waitFor();
  }),
  STORY_MS,
);

test(
  'starts and signs in where storage, broadcast channels and locks are forbidden',
  story('no-storage', async () => {
    const page = await visitor();
    await page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('forbidden', 'SecurityError');
      };
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, { get: refuse });
      window.BroadcastChannel = class {
        constructor() {
          refuse();
        }
      } as unknown as typeof BroadcastChannel;
      navigator.locks.request = async () => refuse();
    });
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    const username = await signUp(page, 'stateless');
    await drawPlayMoney(page);
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('link', { name: 'Compte' }).click();
    await page.getByText(username).waitFor();
    expect(errors).toEqual([]);
  }),
  STORY_MS,
);

test.each([{ locale: 'en-GB' }, { locale: 'fr-FR', viewport: { width: 360, height: 740 } }])(
  'says in both languages that it needs JavaScript, under its content security policy ($locale)',
  async (options) => {
    await story(`no-script-${options.locale}`, async () => {
      const page = await visitor({ javaScriptEnabled: false, ...options });
      const refused: string[] = [];
      page.on('console', (message) => refused.push(message.text()));
      await page.goto('/wallet');
      const said = page.locator('noscript p');
      await said.first().waitFor();
      expect(await said.allInnerTexts()).toEqual([
        'Pupero needs JavaScript. Allow it for this site, then reload the page.',
        'Pupero a besoin de JavaScript. Autorisez-le pour ce site, puis rechargez la page.',
      ]);
      expect(refused).toEqual([]);
    })();
  },
  STORY_MS,
);
