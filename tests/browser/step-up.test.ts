import type { Page } from 'playwright-core';
import { passkeyDevice } from './passkey-device.ts';
import {
  addFirstPasskey,
  drawPlayMoney,
  offerToSell,
  openOfferOf,
  signUp,
  startTrade,
  turnOnSecondFactor,
} from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 180_000;
const CODE = 'Code from your authenticator app';

type Party = { page: Page; name: string };

/** A trade of which the buyer says that it is paid. The seller has it open. */
async function openPaidTrade(seller: Party, buyer: Party): Promise<void> {
  await drawPlayMoney(seller.page);
  await offerToSell(seller.page);
  await openOfferOf(buyer.page, seller.name);
  await startTrade(buyer.page, '75');
  await buyer.page.getByRole('button', { name: 'I sent money' }).click();
  await seller.page.goto('/my/trades');
  await seller.page.getByRole('link', { name: `Open the trade with ${buyer.name}` }).click();
}

test(
  'asks a seller with a second factor for a code, and keeps the dialog open after a wrong one',
  story('step-up-release', async () => {
    const [alice, bob] = await Promise.all([visitor(), visitor()]);
    const seller = await signUp(alice, 'alice');
    const buyer = await signUp(bob, 'bob');
    const [code = ''] = await turnOnSecondFactor(alice);
    await openPaidTrade({ page: alice, name: seller }, { page: bob, name: buyer });

    await alice.getByRole('button', { name: 'I received money' }).click();
    expect(await axeViolations(alice)).toEqual([]);
    await alice.getByRole('button', { name: 'Release 0.5 XMR' }).click();
    await alice.getByText('Confirm this with your second factor.').waitFor();
    await alice.getByLabel(CODE).fill('not a code');
    await alice.getByRole('button', { name: 'Release 0.5 XMR' }).click();
    await alice.getByText('Password, code or passkey is wrong, already used, or too old.').waitFor();
    await alice.getByRole('button', { name: 'Cancel', exact: true }).click();

    await alice.getByRole('button', { name: 'Français' }).first().click();
    await alice.setViewportSize({ width: 360, height: 740 });
    await alice.getByRole('button', { name: 'J’ai reçu l’argent' }).click();
    await alice.getByLabel('Code de votre application d’authentification').fill(code);
    expect({ violations: await axeViolations(alice), overflow: await overflowOf(alice) }).toEqual({
      violations: [],
      overflow: 0,
    });
    await alice.getByRole('button', { name: 'Libérer 0,5 XMR' }).click();
    await bob.getByText('The XMR is in your wallet.').waitFor();
  }),
  STORY_MS,
);

test(
  'asks a buyer with a second factor for a code to cancel only after the payment was sent',
  story('step-up-cancel', async () => {
    const [alice, bob] = await Promise.all([visitor(), visitor()]);
    const seller = await signUp(alice, 'alice');
    await signUp(bob, 'bob');
    const [code = ''] = await turnOnSecondFactor(bob);
    await drawPlayMoney(alice);
    await offerToSell(alice);

    await openOfferOf(bob, seller);
    await startTrade(bob, '75');
    await bob.getByRole('button', { name: 'Cancel trade' }).click();
    expect(await bob.getByLabel(CODE).count()).toBe(0);
    await bob.getByRole('button', { name: 'Yes, cancel the trade' }).click();
    await bob.getByText('You cancelled this trade.').waitFor();

    await openOfferOf(bob, seller);
    await startTrade(bob, '75');
    await bob.getByRole('button', { name: 'I sent money' }).click();
    await bob.getByText('You said you paid.').waitFor();
    await bob.getByRole('button', { name: 'Cancel trade' }).click();
    await bob.getByLabel(CODE).fill(code);
    await bob.getByRole('button', { name: 'Yes, cancel the trade' }).click();
    await bob.getByText('You cancelled this trade.').waitFor();
  }),
  STORY_MS,
);

test(
  'asks a seller with a passkey for it, and keeps the dialog open after a cancelled one',
  story('step-up-passkey', async () => {
    const [alice, bob] = await Promise.all([visitor(), visitor()]);
    const device = await passkeyDevice(alice);
    const seller = await signUp(alice, 'alice');
    const buyer = await signUp(bob, 'bob');
    await addFirstPasskey(alice);
    await openPaidTrade({ page: alice, name: seller }, { page: bob, name: buyer });

    await device.refuse();
    await alice.getByRole('button', { name: 'I received money' }).click();
    await alice.getByRole('button', { name: 'Use a passkey' }).click();
    await alice.getByText('No passkey was used, and nothing was sent').waitFor();
    expect(await axeViolations(alice)).toEqual([]);
    await device.accept();
    // The button of the step asks for the passkey as well, because no code is typed.
    await alice.getByRole('button', { name: 'Release 0.5 XMR' }).click();
    await bob.getByText('The XMR is in your wallet.').waitFor();
  }),
  STORY_MS,
);
