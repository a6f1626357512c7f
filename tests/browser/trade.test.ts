import { invoke, mine } from '#tests/helpers/chain.ts';
import { payee } from '#tests/helpers/payee.ts';
import { until } from '#tests/helpers/until.ts';
import { drawPlayMoney, offerToSell, openOfferOf, signUp, startTrade, withdraw } from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 180_000;

test(
  'two people trade on the site, and the buyer withdraws to a Monero wallet',
  story('trade', async () => {
    const [alice, bob] = await Promise.all([visitor(), visitor()]);
    const seller = await signUp(alice, 'alice');
    const buyer = await signUp(bob, 'bob');
    await drawPlayMoney(alice);
    await offerToSell(alice);

    await openOfferOf(bob, seller);
    expect(await axeViolations(bob)).toEqual([]);
    await startTrade(bob, '75');
    await alice.goto('/my/trades');
    await alice.getByRole('link', { name: `Open the trade with ${buyer}` }).click();
    await alice.getByText('Your XMR is held.').waitFor();

    await bob.getByRole('button', { name: 'I sent money' }).click();
    // The seller's page updates without a reload.
    await alice.getByRole('button', { name: 'I received money' }).click();
    expect(await axeViolations(alice)).toEqual([]);
    await alice.getByRole('button', { name: 'Release 0.5 XMR' }).click();
    await alice.getByText(`You confirmed the payment, and the XMR now belongs to ${buyer}.`).waitFor();
    await bob.getByText('The XMR is in your wallet.').waitFor();
    expect(await axeViolations(bob)).toEqual([]);

    const address = await payee.newAddress();
    await withdraw(bob, address, '0.2');
    const txid = await bob.getByTestId('txid').textContent();
    await mine(10);
    await invoke('followWithdrawals');
    await bob.getByText('Paid. It can no longer be undone.').waitFor();
    const arrived = await until(
      () => payee.arrivedAt(address),
      (all) => all.length > 0,
    );
    expect(arrived).toEqual([{ txid, amountXmr: '0.2' }]);
  }),
  STORY_MS,
);

test(
  'every page fits a small screen and is accessible, in French and dark',
  story('small-french', async () => {
    const page = await visitor({
      locale: 'fr-FR',
      colorScheme: 'dark',
      viewport: { width: 360, height: 740 },
    });
    await page.goto('/sign-up');
    await page.getByLabel('Nom d’utilisateur').fill(`chloe-${Date.now().toString(36)}`);
    await page.getByLabel('Mot de passe', { exact: true }).fill('quelques mots à la suite');
    await page.getByRole('button', { name: 'Créer un compte' }).click();
    await page.getByRole('heading', { name: 'Acheter du Monero', level: 1 }).waitFor();
    const titles = {
      '/': 'Acheter du Monero',
      '/offers/new': 'Nouvelle offre',
      '/my/offers': 'Mes offres',
      '/my/trades': 'Mes échanges',
      '/wallet': 'Portefeuille',
      '/account': 'Compte',
      '/nowhere': 'Page introuvable',
    };
    for (const [path, title] of Object.entries(titles)) {
      await page.goto(path);
      await page.getByRole('heading', { name: title, level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect({ path, violations: await axeViolations(page), overflow: await overflowOf(page) }).toEqual({
        path,
        violations: [],
        overflow: 0,
      });
    }
  }),
  STORY_MS,
);
