import type { Page } from 'playwright-core';
import { payee } from '#tests/helpers/payee.ts';
import { drawPlayMoney, offerToSell, PASSWORD, signUp } from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 120_000;
const FRENCH_PHONE = { locale: 'fr-FR', viewport: { width: 360, height: 740 } };

/** Types an amount to withdraw. @returns the amount that the confirmation shows */
async function confirmedAmount(page: Page, typed: string): Promise<string | null> {
  await page.getByLabel(/^(Amount|Montant) \(XMR\)$/).fill(typed);
  await page.getByRole('button', { name: /^(Withdraw|Retirer)$/ }).click();
  const dialog = page.getByRole('dialog');
  const arrives = await dialog.locator('dd').first().textContent();
  await dialog.getByRole('button', { name: /^(Cancel|Annuler)$/ }).click();
  return arrives;
}

test(
  'parses the usual ways to type an amount to withdraw, and asks about ambiguous ones',
  story('typed-withdrawal', async () => {
    const page = await visitor();
    await signUp(page, 'typist');
    await drawPlayMoney(page);
    const address = await payee.newAddress();
    const field = page.getByLabel('To Monero address');
    await field.fill(`${address.slice(0, 40)}\n  ${address.slice(40)}\n`);
    const read = [];
    for (const typed of ['1,5', '.5', '1.234', ' 2 XMR ', '\u202f1,25'])
      read.push(await confirmedAmount(page, typed));
    expect(read).toEqual(['1.5 XMR', '0.5 XMR', '1.234 XMR', '2 XMR', '1.25 XMR']);
    expect(await field.inputValue()).toBe(address);

    const amount = page.getByLabel('Amount (XMR)');
    await amount.fill('1,000');
    await page.getByText('Did you mean 1000 or 1.000?').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: '1.000 XMR' }).click();
    expect(await amount.inputValue()).toBe('1');
    expect(await amount.evaluate((input) => input === document.activeElement)).toBe(true);

    await amount.fill('5 EUR');
    await page.getByText('The amount here is in XMR.').waitFor();
    await amount.fill('five');
    await page.getByText('This is not an amount. Write it like 1234.5.').waitFor();
  }),
  STORY_MS,
);

test(
  'fills address and amount from a monero: link, keeps a typed amount, and reports a wrong network',
  story('monero-link', async () => {
    const page = await visitor();
    await signUp(page, 'linker');
    await drawPlayMoney(page);
    const address = await payee.newAddress();
    const field = page.getByLabel('To Monero address');
    const amount = page.getByLabel('Amount (XMR)');
    await field.fill(
      `monero:${address}?tx_amount=1.5&recipient_name=Ann%20%26%20Co&tx_description=Invoice+12&colour=red`,
    );
    await amount.focus();
    expect([await field.inputValue(), await amount.inputValue()]).toEqual([address, '1.5']);
    await page.getByText('Ann & Co').waitFor();
    await page.getByText('Invoice 12').waitFor();
    expect(await axeViolations(page)).toEqual([]);

    await amount.fill('0.7');
    await field.fill(`monero:${address}?tx_amount=1.5`);
    expect(await confirmedAmount(page, '0.7')).toBe('0.7 XMR');

    await field.fill(
      'monero:9ujeXrjzf7bfeK3KZdCqnYaMwZVFuXemPU8Ubw335rj2FN1CdMiWNyFV3ksEfMFvRp9L9qum5UxkP5rN9aLcPxbH1au4WAB?tx_amount=1',
    );
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.getByText('This address belongs to another Monero network.').waitFor();
  }),
  STORY_MS,
);

test(
  'starts a trade and filters the market with decimal commas, in French on a small screen',
  story('typed-french', async () => {
    const [alice, bob] = await Promise.all([visitor(), visitor(FRENCH_PHONE)]);
    const seller = await signUp(alice, 'vendor');
    await drawPlayMoney(alice);
    await offerToSell(alice);

    await bob.goto('/sign-up');
    const name = `acheteur-${Date.now().toString(36)}`;
    await bob.getByLabel('Nom d’utilisateur').fill(`  ${name} `);
    await bob.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await bob.getByRole('button', { name: 'Créer un compte' }).click();
    await bob.getByText(`Bienvenue, ${name}.`).waitFor();

    await bob.goto('/?sort=newest');
    const filter = bob.getByLabel('Montant (EUR)');
    await filter.fill('123,50 €');
    await bob.waitForURL(/amount=123\.50/);
    expect(await filter.inputValue()).toBe('123,50 €');
    await filter.fill('1.000');
    await bob.getByText('Vouliez-vous dire 1000 ou 1,000 ?').waitFor();
    expect({ violations: await axeViolations(bob), overflow: await overflowOf(bob) }).toEqual({
      violations: [],
      overflow: 0,
    });
    await bob.getByRole('button', { name: '1000 EUR' }).click();
    await bob.waitForURL(/amount=1000\.00/);
    await filter.fill('');
    await bob.getByRole('link', { name: `Acheter à ${seller}` }).click();

    const pays = bob.getByLabel('Vous payez (EUR)');
    await pays.fill('1 000,50');
    await bob.getByText(/^Indiquez entre 10,00.€ et 400,00.€\.$/).waitFor();
    await pays.fill('1,000');
    await bob.getByRole('button', { name: 'Commencer l’échange' }).click();
    await bob.getByRole('button', { name: '1000 EUR' }).click();
    await pays.fill('37,5');
    expect(await bob.getByLabel('Vous recevez (XMR)').inputValue()).toBe('0,25');
    await bob.getByRole('button', { name: 'Commencer l’échange' }).click();
    await bob
      .getByText(/37,50.€/)
      .first()
      .waitFor();
  }),
  STORY_MS,
);

test(
  'does not navigate back to the market when a link is clicked right after a filter was typed',
  story('filter-then-click', async () => {
    const page = await visitor();
    await signUp(page, 'hasty');
    await page.getByLabel('Amount (EUR)').fill('50');
    await page.getByRole('link', { name: 'Account' }).click();
    await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
    await page.goBack();
    await page.waitForURL(/amount=50\.00/);
    expect(await page.getByLabel('Amount (EUR)').inputValue()).toBe('50.00');
  }),
  STORY_MS,
);

test(
  'ignores spaces around a username at sign-in',
  story('trimmed-username', async () => {
    const page = await visitor();
    const username = await signUp(page, 'spaced');
    const other = await visitor();
    await other.goto('/sign-in');
    await other.getByLabel('Username').fill(` ${username}\u00a0`);
    await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.getByText(`Welcome, ${username}.`).waitFor();
  }),
  STORY_MS,
);

test(
  'reports the position of an invisible character, and removes it where it means nothing',
  story('invisible', async () => {
    const page = await visitor();
    await signUp(page, 'hidden');
    await page.goto('/offers/new');
    await page.getByLabel('Smallest trade (EUR)').fill('\u202d10\u202c');
    await page.getByLabel('Largest trade (EUR)').fill('400\u200b');
    await page.getByLabel('Another method').fill('Re\u200bvolut');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('An invisible character stands after “Re”.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Another method').fill('Revolut Pro');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    expect(await page.getByLabel('Revolut Pro').isChecked()).toBe(true);

    await page.getByRole('button', { name: 'Français' }).first().click();
    const terms = page.getByLabel('Conditions');
    await terms.fill('Écrivez-moi\n\u202ed’abord');
    await page.getByRole('button', { name: 'Publier l’offre' }).click();
    await page.getByText('Un caractère invisible se trouve après « Écrivez-moi ».').waitFor();
    expect(await terms.evaluate((field) => field === document.activeElement)).toBe(true);
    await terms.fill('Écrivez-moi d’abord');
    await page.getByRole('button', { name: 'Publier l’offre' }).click();
    await page.getByText('Votre offre est enregistrée, mais n’apparaît pas sur le marché.').waitFor();
  }),
  STORY_MS,
);
