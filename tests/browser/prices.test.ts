import type { Page } from 'playwright-core';
import { signUp } from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 120_000;

/** Fills the form of an offer in CHF, except its price. */
async function fillOffer(page: Page, side: 'Sell XMR' | 'Buy XMR'): Promise<void> {
  await page.goto('/offers/new');
  await page.getByLabel(side).check();
  await page.getByLabel('Currency').selectOption('CHF');
  await page.getByLabel('Smallest trade (CHF)').fill('10');
  await page.getByLabel('Largest trade (CHF)').fill('400');
  await page.getByRole('checkbox', { name: 'TWINT' }).check();
  await page.getByText(/^Market: CHF/).waitFor();
}

test(
  'asks to confirm a price more than 20 % above or below the market, fixed or by margin',
  story('far-off-price', async () => {
    const page = await visitor();
    await signUp(page, 'slip');
    const publish = page.getByRole('button', { name: 'Publish offer' });
    const dialog = page.getByRole('dialog');

    await fillOffer(page, 'Sell XMR');
    await page.getByLabel('Fixed price').check();
    await page.getByLabel('Price of 1 XMR (CHF)').fill('15');
    await publish.click();
    await dialog.getByText(/^Your price is [\d.]+% below the market$/).waitFor();
    await dialog
      .getByText(/^1 XMR costs CHF.15\.00 in this offer and CHF.1\d\d\.\d\d on the market\.$/)
      .waitFor();
    await dialog.getByText('You would sell your XMR for less than it is worth.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Change the price' }).click();
    expect(await page.getByLabel('Price of 1 XMR (CHF)').inputValue()).toBe('15');

    await page.getByLabel('Price of 1 XMR (CHF)').fill('1500');
    await publish.click();
    await dialog.getByText('Buyers find cheaper offers elsewhere').waitFor();
    await dialog.getByRole('button', { name: 'Keep this price' }).click();
    await page.getByRole('heading', { name: 'My offers' }).waitFor();

    await fillOffer(page, 'Buy XMR');
    await page.getByLabel('Margin on the market price').fill('20,01 %');
    await publish.click();
    await dialog.getByText('Your price is 20.01% above the market').waitFor();
    await dialog.getByText('You would pay more for XMR than it is worth.').waitFor();
    await dialog.getByRole('button', { name: 'Change the price' }).click();
    await page.getByLabel('Margin on the market price').fill('20');
    await publish.click();
    await page.getByRole('heading', { name: 'My offers' }).waitFor();

    await page.getByRole('link', { name: 'Edit' }).first().click();
    await page.getByLabel('Margin on the market price').fill('-50');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await dialog.getByText('Sellers get more elsewhere').waitFor();
    await dialog.getByRole('button', { name: 'Keep this price' }).click();
    await page.getByText('Your changes are saved.').waitFor();
  }),
  STORY_MS,
);

test(
  'asks nothing without a market price, and says so in the preview',
  story('no-market-price', async () => {
    const page = await visitor({ viewport: { width: 360, height: 740 } });
    await signUp(page, 'blind');
    await page.route('**/api/rates', (route) => route.fulfill({ json: { items: [] } }));
    await page.goto('/offers/new');
    await page.getByText('No market price is known just now').waitFor();
    await page.getByLabel('Fixed price').check();
    await page.getByLabel('Price of 1 XMR (EUR)').fill('15');
    await page.getByLabel('Smallest trade (EUR)').fill('10');
    await page.getByLabel('Largest trade (EUR)').fill('400');
    await page.getByLabel('SEPA transfer', { exact: true }).check();
    expect(await overflowOf(page)).toBe(0);
    await page.getByRole('button', { name: 'Publish offer' }).click();
    await page.getByText('Your offer is saved, but the market does not list it.').waitFor();
  }),
  STORY_MS,
);
