import type { Page } from 'playwright-core';
import { person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';
import { signUp } from './steps.ts';
import { story, visitor } from './visitor.ts';

const STORY_MS = 180_000;
const OFFERS = 45;
/** No other test offers to buy in this currency. */
const MARKET = '/?want=sell&currency=SEK&sort=newest';

/** Creates three pages of offers to buy. */
async function fillMarket(): Promise<void> {
  const owner = await person();
  const terms = { side: 'buy', currency: 'SEK', price: { kind: 'market', marginBp: 0 } } as const;
  for (let n = 0; n < OFFERS; n += 1)
    await anOffer(owner, { ...terms, minFiat: '10.00', maxFiat: '4000.00' });
}

const offersOn = (page: Page) => page.locator('article').count();
const scrolled = (page: Page) => page.evaluate(() => Math.round(scrollY));
/** With tolerance, because content above the list may move it by a line. */
const scrolledAgain = (page: Page, far: number) =>
  page.waitForFunction((y) => Math.abs(scrollY - y) <= 50, far);
/** Checks a row instead of the scroll position, because the cards above the statement may change their height. */
const rowInSight = (page: Page, index: number) =>
  page.waitForFunction((at) => {
    const row = document.querySelectorAll('tbody tr')[at]?.getBoundingClientRect();
    return row !== undefined && row.top >= 0 && row.bottom <= innerHeight;
  }, index);
const more = (page: Page) => page.getByRole('button', { name: 'Show more' });

/** Loads the whole market and scrolls down. @returns the scroll position in px */
async function readOn(page: Page): Promise<number> {
  await page.locator('article').nth(19).waitFor();
  await more(page).click();
  await page.locator('article').nth(39).waitFor();
  await more(page).click();
  await page.locator('article').nth(44).waitFor();
  // With the keyboard, because Playwright scrolls before it clicks.
  await page
    .locator('article')
    .nth(42)
    .getByRole('link', { name: /^(Buy from|Sell to) / })
    .focus();
  return scrolled(page);
}

test(
  '"back" and a reload restore the loaded pages and the scroll position of the market',
  story('back-market', async () => {
    await fillMarket();
    const page = await visitor();
    await page.goto(MARKET);
    const far = await readOn(page);
    const count = await offersOn(page);
    expect(far).toBeGreaterThan(1_000);

    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Terms' }).waitFor();
    expect(await scrolled(page)).toBe(0);
    await page.goBack();
    await page.locator('article').nth(42).waitFor();
    await scrolledAgain(page, far);
    expect(await offersOn(page)).toBe(count);

    await page.reload();
    await scrolledAgain(page, far);
    expect(await offersOn(page)).toBe(count);
    await page.getByRole('link', { name: 'Buy XMR' }).click();
    await page.waitForURL((url) => !url.search.includes('want=sell'));
    await page.waitForFunction(() => document.querySelectorAll('article').length <= 20);
  }),
  STORY_MS,
);

test(
  '"back" restores the statement and the filter of my trades, but not for another account',
  story('back-statement', async () => {
    const page = await visitor({ viewport: { width: 360, height: 740 } });
    await signUp(page, 'reader');
    await page.goto('/wallet');
    const rows = page.locator('tbody tr');
    const draw = page.getByRole('button', { name: 'Get 5 play XMR' });
    for (let n = 1; n <= 12; n += 1) {
      await draw.click();
      await rows.nth(Math.min(n, 10) - 1).waitFor();
      await page.locator('button[aria-busy="true"]').waitFor({ state: 'detached' });
    }
    await more(page).click();
    await rows.nth(11).waitFor();
    await rows.nth(11).scrollIntoViewIfNeeded();

    await page.getByRole('link', { name: 'My trades' }).click();
    await page.getByLabel('Show').selectOption('completed');
    await page.waitForURL(/state=completed/);
    await page.getByRole('link', { name: 'Account' }).click();
    await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
    await page.goBack();
    expect(await page.getByLabel('Show').inputValue()).toBe('completed');
    await page.goBack();
    await rowInSight(page, 11);

    await page.getByRole('link', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await signUp(page, 'other');
    await page.goto('/wallet');
    await page.getByText('No movement yet.').waitFor();
    expect(await rows.count()).toBe(0);
  }),
  STORY_MS,
);
