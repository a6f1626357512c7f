import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 120_000;

test(
  'a visitor reads the price, its age and source, its history and what an amount comes to',
  story('rates', async () => {
    const page = await visitor();
    await page.goto('/');
    await page.getByLabel('Currency').selectOption('CHF');
    await page.getByRole('link', { name: 'Chart and converter' }).click();
    await page.getByRole('heading', { name: 'Market price', level: 1 }).waitFor();
    expect(await page.getByLabel('Currency').inputValue()).toBe('CHF');
    await page.getByText(/^Updated .* ago · made up by this sandbox, not a real price$/).waitFor();
    await page.getByText(/^In the last 24 hours, 1 XMR cost between CHF.1\d\d\.\d\d and CHF.1\d\d/).waitFor();
    await page.getByRole('img', { name: /^In the last 24 hours/ }).waitFor();
    expect(await page.locator('.chart canvas').count()).toBe(1);
    expect(await axeViolations(page)).toEqual([]);

    await page.getByText('Prices as a table').click();
    expect(await page.getByRole('row').count()).toBe(146);
    await page.getByLabel('7 days').check();
    await page.getByText(/^In the last 7 days/).waitFor();
    expect(new URL(page.url()).search).toBe('?currency=CHF&hours=168');

    await page.getByLabel('Amount in XMR').fill('2');
    const price = await page.locator('.price strong').innerText();
    const twice = (2 * Number(price.replace(/[^\d.]/g, ''))).toFixed(2);
    expect(await page.getByLabel('Amount in CHF').inputValue()).toBe(twice);
    await page.getByLabel('Amount in CHF').fill('1e3');
    expect(await page.getByLabel('Amount in XMR').inputValue()).toBe('');

    await page.getByLabel('Currency').selectOption('JPY');
    await page.getByText(/between JP¥/).waitFor();
  }),
  STORY_MS,
);

test(
  'the page fits a phone, in French, and says when no price is known',
  story('rates-phone', async () => {
    const page = await visitor({ viewport: { width: 360, height: 740 }, locale: 'fr-FR' });
    await page.goto('/rates?currency=IDR&hours=72');
    await page.getByRole('heading', { name: 'Prix du marché', level: 1 }).waitFor();
    await page.getByText(/^Sur 3 jours, 1 XMR a coûté entre/).waitFor();
    expect(await overflowOf(page)).toBe(0);
    expect(await axeViolations(page)).toEqual([]);

    await page.route('**/api/rates', (route) => route.fulfill({ json: { items: [] } }));
    await page.route('**/api/rates/**', (route) => route.fulfill({ json: { items: [] } }));
    await page.reload();
    await page.getByText('Aucun prix n’est connu dans cette devise pour l’instant.').waitFor();
    await page.getByText('Aucun prix de cette période n’est connu.').waitFor();
    expect(await overflowOf(page)).toBe(0);
  }),
  STORY_MS,
);
