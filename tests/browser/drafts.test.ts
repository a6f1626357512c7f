import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { payee } from '#tests/helpers/payee.ts';
import { drawPlayMoney, fillOfferToSell, offerToSell, openOfferOf, PASSWORD, signUp } from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 180_000;

async function signInAs(page: Page, username: string): Promise<void> {
  await page.getByLabel(/^(Username|Nom d’utilisateur)$/).fill(username);
  await page.getByLabel(/^(Password|Mot de passe)$/).fill(PASSWORD);
  await page.getByRole('button', { name: /^(Sign in|Se connecter)$/ }).click();
}

/** Ends the session without the page’s knowledge, like an expiry. */
async function endSession(page: Page): Promise<void> {
  await page.context().clearCookies();
  await page.reload();
}

test(
  'restores an unsent offer after a reload, another page and an ended session, and drops it once sent',
  story('draft-offer', async () => {
    const page = await visitor({ locale: 'fr-FR', viewport: { width: 360, height: 740 } });
    await page.goto('/sign-up');
    const username = `ecrivain-${Date.now().toString(36)}`;
    await page.getByLabel('Nom d’utilisateur').fill(username);
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Créer un compte' }).click();
    await page.getByText(`Bienvenue, ${username}.`).waitFor();

    await page.goto('/offers/new');
    await page.getByLabel('Devise').selectOption('CHF');
    await page.getByLabel('Plus petit échange (CHF)').fill('12,5');
    await page.getByLabel('Plus grand échange (CHF)').fill('1 200');
    await page.getByRole('checkbox', { name: 'TWINT' }).check();
    await page.getByLabel('Conditions').fill('Écrivez-moi d’abord.');
    const typed = async () => [
      await page.getByLabel('Devise').inputValue(),
      await page.getByLabel('Plus petit échange (CHF)').inputValue(),
      await page.getByLabel('Plus grand échange (CHF)').inputValue(),
      await page.getByRole('checkbox', { name: 'TWINT' }).isChecked(),
      await page.getByLabel('Conditions').inputValue(),
    ];
    const whole = ['CHF', '12,5', '1 200', true, 'Écrivez-moi d’abord.'];

    await page.reload();
    await page.getByText('Votre saisie précédente a été conservée.').waitFor();
    expect(await typed()).toEqual(whole);
    expect({ violations: await axeViolations(page), overflow: await overflowOf(page) }).toEqual({
      violations: [],
      overflow: 0,
    });
    await page.getByRole('link', { name: 'Marché' }).click();
    await page.getByRole('heading', { name: 'Acheter du Monero', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Nouvelle offre' }).first().click();
    await page.getByText('Votre saisie précédente a été conservée.').waitFor();
    expect(await typed()).toEqual(whole);

    await endSession(page);
    await signInAs(page, username);
    await page.getByText('Votre saisie précédente a été conservée.').waitFor();
    expect(await typed()).toEqual(whole);

    await page.getByRole('button', { name: 'Publier l’offre' }).click();
    await page.getByText('Votre offre est enregistrée, mais n’apparaît pas sur le marché.').waitFor();
    await page.goto('/offers/new');
    await page.getByLabel('Devise').waitFor();
    expect(await page.getByLabel('Conditions').inputValue()).toBe('');
    expect(await page.getByText('Votre saisie précédente a été conservée.').count()).toBe(0);
  }),
  STORY_MS,
);

test(
  'does not create a second offer when the answer was lost and the restored form is sent again',
  story('draft-offer-lost-answer', async () => {
    const page = await visitor();
    await signUp(page, 'lostoffer');
    await page.route('**/api/offers', async (route) => {
      await route.fetch();
      await route.abort();
    });
    // The own accounts arrive after the click, on the first visit only.
    await page.route('**/api/me/payment-accounts', async (route) => {
      await sleep(2_000);
      await route.continue();
    });
    await fillOfferToSell(page);
    await page.getByRole('button', { name: 'Publish offer' }).click();
    await page.getByText('No answer from the server.').waitFor();
    await page.unrouteAll();

    await page.reload();
    await page.getByText('What you typed earlier was kept.').waitFor();
    await page.getByRole('button', { name: 'Publish offer' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Pause', exact: true }).count()).toBe(1);
  }),
  STORY_MS,
);

test(
  'restores an unsent withdrawal for its own account only, and can clear it',
  story('draft-withdrawal', async () => {
    const page = await visitor();
    const alice = await signUp(page, 'alice');
    await page.goto('/wallet');
    const address = await payee.newAddress();
    const field = page.getByLabel('To Monero address');
    await field.fill(address);
    await page.getByLabel('Amount (XMR)').fill('1,25');

    await endSession(page);
    await page.getByRole('link', { name: 'Sign up' }).last().click();
    await page.getByRole('heading', { name: 'Create an account' }).waitFor();
    await page.getByLabel('Username').fill(`mallory-${Date.now().toString(36)}`);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign up' }).click();
    await field.waitFor();
    expect(await field.inputValue()).toBe('');
    expect(await page.getByText('What you typed earlier was kept.').count()).toBe(0);

    await endSession(page);
    await signInAs(page, alice);
    await page.getByText('What you typed earlier was kept.').waitFor();
    expect([await field.inputValue(), await page.getByLabel('Amount (XMR)').inputValue()]).toEqual([
      address,
      '1,25',
    ]);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await field.inputValue()).toBe('');
    await page.reload();
    await field.waitFor();
    expect(await field.inputValue()).toBe('');
  }),
  STORY_MS,
);

test(
  'does not pay twice when the answer was lost and the restored withdrawal is sent again',
  story('draft-lost-answer', async () => {
    const page = await visitor();
    await signUp(page, 'lost');
    await drawPlayMoney(page);
    const address = await payee.newAddress();
    await page.getByLabel('To Monero address').fill(address);
    await page.getByLabel('Amount (XMR)').fill('1.5');
    const send = async () => {
      await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
      await page.getByRole('button', { name: 'Send 1.5 XMR' }).click();
    };
    await page.route('**/api/wallet/withdrawals', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await send();
    await page.getByRole('dialog').getByText('No answer from the server.').waitFor();
    await page.unrouteAll();

    await page.reload();
    await page.getByText('What you typed earlier was kept.').waitFor();
    await send();
    await page.getByRole('heading', { name: 'Withdrawal of 1.5 XMR' }).waitFor();
    await page.goto('/wallet');
    await page.getByRole('link', { name: 'Follow' }).first().waitFor();
    expect(await page.getByRole('link', { name: 'Follow' }).count()).toBe(1);
    expect(await page.getByLabel('To Monero address').inputValue()).toBe('');
  }),
  STORY_MS,
);

test(
  'restores the form of a trade without browser storage, and starts one trade after a lost answer',
  story('draft-trade', async () => {
    const alice = await visitor();
    const seller = await signUp(alice, 'draftseller');
    await drawPlayMoney(alice);
    await offerToSell(alice);

    const bob = await visitor();
    await bob.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('forbidden', 'SecurityError');
          },
        });
    });
    await signUp(bob, 'draftbuyer');
    await openOfferOf(bob, seller);
    await bob.getByLabel('You receive (XMR)').fill('0,25');
    await bob.getByRole('link', { name: 'Wallet' }).click();
    await bob.getByRole('heading', { name: 'Wallet', level: 1 }).waitFor();
    await bob.goBack();
    await bob.getByText('What you typed earlier was kept.').waitFor();
    expect([
      await bob.getByLabel('You receive (XMR)').inputValue(),
      await bob.getByLabel('You pay (EUR)').inputValue(),
    ]).toEqual(['0,25', '37.50']);
    const start = bob.getByRole('button', { name: 'Start trade' });
    await bob.route('**/api/trades', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await start.click();
    await bob.getByText('No answer from the server.').waitFor();
    await bob.unrouteAll();
    await bob.getByRole('link', { name: 'My trades' }).click();
    await bob.getByRole('heading', { name: 'My trades', level: 1 }).waitFor();
    await bob.goBack();
    await start.click();
    await bob.getByRole('button', { name: 'I sent money' }).waitFor();
    await bob.getByRole('link', { name: 'My trades' }).click();
    await bob.getByRole('link', { name: /^Open the trade/ }).waitFor();
    expect(await bob.getByRole('link', { name: /^Open the trade/ }).count()).toBe(1);
  }),
  STORY_MS,
);

test(
  'keeps an unsent edit when the offer was changed in another tab, and says so',
  story('draft-edit', async () => {
    const page = await visitor();
    await signUp(page, 'editor');
    await offerToSell(page);
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Terms').fill('half a sentence');
    const edit = page.url();

    const elsewhere = await page.context().newPage();
    await elsewhere.goto(edit);
    await elsewhere.getByLabel('Largest trade (EUR)').fill('300');
    await elsewhere.getByRole('button', { name: 'Save changes' }).click();
    await elsewhere.getByText('Your changes are saved.').waitFor();
    await elsewhere.close();

    await page.reload();
    await page.getByText('The offer was changed elsewhere. Your input is kept').waitFor();
    expect(await page.getByLabel('Terms').inputValue()).toBe('half a sentence');
    await page.getByRole('button', { name: 'Clear' }).click();
    expect([
      await page.getByLabel('Terms').inputValue(),
      await page.getByLabel('Largest trade (EUR)').inputValue(),
    ]).toEqual(['', '300.00']);
    expect(await page.getByText('The offer was changed elsewhere').count()).toBe(0);
  }),
  STORY_MS,
);
