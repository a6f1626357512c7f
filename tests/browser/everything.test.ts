import { invoke, mine } from '#tests/helpers/chain.ts';
import { payee } from '#tests/helpers/payee.ts';
import { drawPlayMoney, signUp } from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 120_000;

test(
  'withdraws the whole balance: the confirmation shows the least that arrives, and exactly 0 stays',
  story('everything', async () => {
    const page = await visitor();
    await signUp(page, 'leaver');
    await drawPlayMoney(page);
    const address = await payee.newAddress();
    await page.getByLabel('To Monero address').fill(address);
    await page.getByLabel('Withdraw everything').check();
    await page
      .getByText(
        'Your whole balance of 5 XMR is withdrawn. The fee is deducted from it, and exactly 0 remains.',
      )
      .waitFor();
    expect(await page.getByLabel('Amount (XMR)').count()).toBe(0);
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Arrives, at least').waitFor();
    expect(await dialog.locator('dd').last().textContent()).toBe('5 XMR');
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send everything' }).click();

    await page.getByTestId('txid').waitFor();
    await mine(10);
    await invoke('followWithdrawals');
    await page.getByText('Paid. It can no longer be undone.').waitFor();
    expect(await payee.arrivedAt(address)).toHaveLength(1);
    await page.goto('/wallet');
    await page.locator('.balances .main', { hasText: /(^|\D)0 XMR/ }).waitFor();
  }),
  STORY_MS,
);

test(
  'refuses an amount that no transaction can pay, and names the largest possible one',
  story('most-possible', async () => {
    const page = await visitor({ locale: 'fr-FR', viewport: { width: 360, height: 740 } });
    await page.route('**/api/wallet/withdrawals/quote', (route) =>
      route.fulfill({
        status: 422,
        contentType: 'application/problem+json',
        json: {
          type: 'urn:pupero:problem:amount_out_of_range',
          title: 'The amount is outside the limits',
          status: 422,
          code: 'amount_out_of_range',
          requestId: '1',
          errors: [{ path: 'amountXmr', message: 'must be at most 5074.88' }],
        },
      }),
    );
    await page.goto('/sign-up');
    await page.getByLabel('Nom d’utilisateur').fill(`riche-${Date.now().toString(36)}`);
    await page.getByLabel('Mot de passe', { exact: true }).fill('quelques mots à la suite');
    await page.getByRole('button', { name: 'Créer un compte' }).click();
    await page.getByRole('heading', { name: 'Acheter', exact: false, level: 1 }).waitFor();
    await page.goto('/wallet');
    await page.getByLabel('Vers l’adresse Monero').fill(await payee.newAddress());
    await page.getByLabel('Montant (XMR)').fill('5100');
    await page.getByRole('button', { name: 'Retirer', exact: true }).click();
    await page.getByText(/un seul paiement peut porter sur 5\s?074,88 XMR au plus\./).waitFor();
    await page.getByLabel('Tout retirer').check();
    await page.getByRole('button', { name: 'Retirer', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'au plus' }).waitFor();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await axeViolations(page)).toEqual([]);
  }),
  STORY_MS,
);
