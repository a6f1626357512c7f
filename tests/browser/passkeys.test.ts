import type { Page } from 'playwright-core';
import { payee } from '#tests/helpers/payee.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { passkeyDevice } from './passkey-device.ts';
import {
  addFirstPasskey,
  askToWithdraw,
  drawPlayMoney,
  givePassword,
  PASSWORD,
  recoveryCodes,
  signOut,
  signUp,
} from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 180_000;
const NOT_MADE = 'No passkey was made: it was cancelled, or the time ran out. Try again.';
const NOT_USED =
  'No passkey was used, and nothing was sent: it was cancelled, or the time ran out. Try again.';
const DEFAULT_NAME = 'Chrome on Linux';

const usePasskey = (page: Page) => page.getByRole('button', { name: 'Use a passkey' }).click();
const isOnMarket = (page: Page) => page.getByRole('heading', { name: 'Buy Monero', level: 1 }).waitFor();
const faultsOf = async (page: Page) => ({
  violations: await axeViolations(page),
  overflow: await overflowOf(page),
});
const NONE = { violations: [], overflow: 0 };

test(
  'a passkey signs in alone, is a second factor, confirms a withdrawal, and can be renamed and removed',
  story('passkeys', async () => {
    const ann = await visitor();
    await passkeyDevice(ann);
    const username = await signUp(ann, 'ann');
    const codes = await addFirstPasskey(ann);
    expect(codes).toHaveLength(10);
    expect(await faultsOf(ann)).toEqual(NONE);
    await ann.getByRole('button', { name: 'I have saved them' }).click();
    await ann
      .getByRole('listitem')
      .filter({ hasText: `${DEFAULT_NAME} Added` })
      .waitFor();
    await ann.getByText('Never used').waitFor();
    await ann.getByText('10 recovery codes are left.').waitFor();
    expect(await faultsOf(ann)).toEqual(NONE);

    await ann.getByRole('button', { name: 'Add a passkey' }).click();
    await ann.getByLabel('Your password').fill(PASSWORD);
    await usePasskey(ann);
    await ann.getByText('This account already has a passkey on this device.').waitFor();
    await ann.getByRole('button', { name: 'Cancel', exact: true }).click();

    await signOut(ann);
    await ann.goto('/sign-in');
    expect(await faultsOf(ann)).toEqual(NONE);
    await ann.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await isOnMarket(ann);
    await ann.goto('/account');
    await ann.getByText(username).first().waitFor();

    await signOut(ann);
    await givePassword(ann, username);
    expect(await faultsOf(ann)).toEqual(NONE);
    await usePasskey(ann);
    await isOnMarket(ann);

    await drawPlayMoney(ann);
    await askToWithdraw(ann, await payee.newAddress(), '1');
    expect(await ann.getByLabel('Code from your authenticator app').count()).toBe(0);
    await ann.getByLabel('Recovery code').waitFor();
    expect(await axeViolations(ann)).toEqual([]);
    await usePasskey(ann);
    await ann.getByRole('heading', { name: 'Withdrawal of 1 XMR' }).waitFor();

    await ann.goto('/account');
    await ann.getByRole('button', { name: `Rename ${DEFAULT_NAME}` }).click();
    await ann.getByLabel('Name of the passkey').fill('\u200b');
    await ann.getByRole('button', { name: 'Save' }).last().click();
    await ann.getByText('Use a name with visible characters only.').waitFor();
    await ann.getByLabel('Name of the passkey').fill('My laptop');
    await ann.getByRole('button', { name: 'Save' }).last().click();
    await ann.getByText('My laptop', { exact: true }).waitFor();

    await ann.getByRole('button', { name: 'New recovery codes' }).click();
    await ann.getByLabel('Your password').fill(PASSWORD);
    await usePasskey(ann);
    await ann.getByRole('button', { name: 'I have saved them' }).click();

    await ann.getByRole('button', { name: 'Remove My laptop' }).click();
    await ann.getByLabel('Your password').fill(PASSWORD);
    await usePasskey(ann);
    await ann.getByText('My laptop', { exact: true }).waitFor({ state: 'detached' });
    await ann.getByText('10 recovery codes are left.').waitFor({ state: 'detached' });

    await signOut(ann);
    await ann.goto('/sign-in');
    await ann.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await ann.getByText('No account here has this passkey any more.').waitFor();
  }),
  STORY_MS,
);

test(
  'a cancelled passkey is told and loses nothing, and a recovery code replaces it',
  story('passkeys-cancelled', async () => {
    const ann = await visitor();
    const device = await passkeyDevice(ann);
    const username = await signUp(ann, 'ann');
    await device.refuse();
    await ann.goto('/account');
    await ann.getByRole('button', { name: 'Add a passkey' }).click();
    await ann.getByLabel('Name of the passkey').fill('My laptop');
    await ann.getByRole('button', { name: 'Add a passkey' }).click();
    await ann.getByText('Enter your password.').waitFor();
    await ann.getByLabel('Your password').fill(PASSWORD);
    await ann.getByRole('button', { name: 'Add a passkey' }).click();
    await ann.getByText(NOT_MADE).waitFor();
    await device.accept();
    await ann.getByRole('button', { name: 'Add a passkey' }).click();
    const [code = '', another = ''] = await recoveryCodes(ann);
    await ann.getByRole('button', { name: 'I have saved them' }).click();
    await ann.getByText('My laptop', { exact: true }).waitFor();

    await drawPlayMoney(ann);
    await device.refuse();
    await askToWithdraw(ann, await payee.newAddress(), '1');
    await usePasskey(ann);
    await ann.getByText(NOT_USED).waitFor();
    await ann.getByLabel('Recovery code').fill(code);
    await ann.getByRole('button', { name: 'Send 1 XMR' }).click();
    await ann.getByRole('heading', { name: 'Withdrawal of 1 XMR' }).waitFor();

    await signOut(ann);
    await ann.goto('/sign-in');
    await ann.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await ann.getByText(NOT_USED).waitFor();
    await givePassword(ann, username);
    await usePasskey(ann);
    await ann.getByText(NOT_USED).waitFor();
    await ann.getByLabel('Recovery code').fill(another);
    await ann.getByRole('button', { name: 'Continue' }).click();
    await isOnMarket(ann);
    await ann.goto('/account');
    await ann.getByText('8 recovery codes are left.').waitFor();
  }),
  STORY_MS,
);

test(
  'an account with an app and a passkey uses either, in French and on a small screen',
  story('passkeys-and-app', async () => {
    const ann = await visitor({ viewport: { width: 360, height: 740 } });
    await passkeyDevice(ann);
    await signUp(ann, 'ann');
    const [code = ''] = await addFirstPasskey(ann);
    await ann.getByRole('button', { name: 'I have saved them' }).click();
    await ann.getByRole('button', { name: 'Français' }).first().click();
    await ann.getByRole('button', { name: 'Activer' }).click();
    await ann.getByLabel('Votre mot de passe').fill(PASSWORD);
    await ann.getByLabel('Code de secours').fill(code);
    expect(await faultsOf(ann)).toEqual(NONE);
    await ann.getByRole('button', { name: 'Continuer' }).click();
    await ann.getByTestId('totp-secret').waitFor();
  }),
  STORY_MS,
);

test(
  'a browser without passkeys gets a hint instead of a button',
  story('passkeys-unsupported', async () => {
    const old = await visitor();
    await old.addInitScript('delete globalThis.PublicKeyCredential');
    await signUp(old, 'old');
    await old.goto('/account');
    await old.getByText('This browser does not know passkeys.').waitFor();
    expect(await old.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
  }),
  STORY_MS,
);

/** A deploy has a name, and no IP address. */
if (theSandbox().gateway === 'offline')
  test(
    'a page at an IP address links to the same page at localhost',
    story('passkeys-ip', async () => {
      const page = await visitor();
      const { port } = new URL(theSandbox().siteUrl);
      await page.goto(`http://127.0.0.1:${port}/sign-in?next=%2Fwallet`);
      await page.getByText('Passkeys do not work at a numeric address').waitFor();
      expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('link', { name: 'Open this page at localhost' }).click();
      await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
      expect(page.url()).toBe(`http://localhost:${port}/sign-in?next=%2Fwallet`);
    }),
    STORY_MS,
  );
