import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { mailTo, type SentMail, tokenIn } from '#tests/helpers/mailbox.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { codeOf } from '#tests/helpers/totp.ts';

let n = 0;
export const PASSWORD = 'a few words in a row';
const aName = (name: string) => `${name}-${Date.now().toString(36)}${n++}`;

/** Creates an account. Ends on the market. @returns its username */
export async function signUp(page: Page, name: string): Promise<string> {
  const username = aName(name);
  await page.goto('/sign-up');
  await page.getByRole('heading', { name: 'Create an account' }).waitFor();
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('heading', { name: 'Buy Monero', level: 1 }).waitFor();
  return username;
}

/** Signs in again, because the session was ended. Ends on the market. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Buy Monero', level: 1 }).waitFor();
}

/** Gives the password of an account with a second factor. Ends where it is asked for. */
export async function givePassword(page: Page, username: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
}

/** Signs out on the account page. */
export async function signOut(page: Page): Promise<void> {
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByText('You are signed out.').waitFor();
}

export async function drawPlayMoney(page: Page): Promise<void> {
  await page.goto('/wallet');
  await page.getByRole('button', { name: 'Get 5 play XMR' }).click();
  await page.getByText('5 play XMR are yours.').waitFor();
}

/** Fills the form of a new offer to sell at 150 EUR by SEPA. */
export async function fillOfferToSell(page: Page): Promise<void> {
  await page.goto('/offers/new');
  await page.getByLabel('Fixed price').check();
  await page.getByLabel('Price of 1 XMR (EUR)').fill('150');
  await page.getByLabel('Smallest trade (EUR)').fill('10');
  await page.getByLabel('Largest trade (EUR)').fill('400');
  await page.getByLabel('SEPA transfer', { exact: true }).check();
}

/** Publishes the offer of `fillOfferToSell`. */
export async function offerToSell(page: Page): Promise<void> {
  await fillOfferToSell(page);
  await page.getByRole('button', { name: 'Publish offer' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).first().waitFor();
}

/** Opens the newest offer of a seller on the market. */
export async function openOfferOf(page: Page, seller: string): Promise<void> {
  await page.goto('/?sort=newest');
  await page.getByRole('link', { name: `Buy from ${seller}` }).click();
  await page.getByRole('heading', { name: `${seller} sells Monero` }).waitFor();
}

export async function startTrade(page: Page, fiat: string): Promise<void> {
  await page.getByLabel('You pay (EUR)').fill(fiat);
  await page.getByRole('button', { name: 'Start trade' }).dblclick();
  await page.getByRole('button', { name: 'I sent money' }).waitFor();
}

/** Fills the form of a withdrawal. Ends in the dialog that confirms it. @param amountXmr or `everything` */
export async function askToWithdraw(page: Page, address: string, amountXmr: string): Promise<void> {
  await page.goto('/wallet');
  await page.getByLabel('To Monero address').fill(address);
  if (amountXmr === 'everything') await page.getByLabel('Withdraw everything').check();
  else await page.getByLabel('Amount (XMR)').fill(amountXmr);
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await page.getByRole('dialog').waitFor();
}

/** Requests and confirms a withdrawal. Ends on its page. */
export async function withdraw(page: Page, address: string, amountXmr: string): Promise<void> {
  await askToWithdraw(page, address, amountXmr);
  await page.getByRole('button', { name: `Send ${amountXmr} XMR` }).click();
  await page.getByRole('heading', { name: `Withdrawal of ${amountXmr} XMR` }).waitFor();
}

/** The recovery codes that are shown once. */
export async function recoveryCodes(page: Page): Promise<string[]> {
  const list = page.getByRole('list', { name: 'Your recovery codes' });
  await list.waitFor();
  return list.getByRole('listitem').allTextContents();
}

/** Turns on the second factor. @returns its recovery codes */
export async function turnOnSecondFactor(page: Page): Promise<string[]> {
  await page.goto('/account');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue' }).click();
  const secret = (await page.getByTestId('totp-secret').textContent()) ?? '';
  await page.getByLabel('Code from the app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Confirm code' }).click();
  return recoveryCodes(page);
}

/** Adds a passkey to an account without second factor, with its default name. @returns the recovery codes */
export async function addFirstPasskey(page: Page): Promise<string[]> {
  await page.goto('/account');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  return recoveryCodes(page);
}

/** Asks for the mail that confirms an address of an account without second factor, and waits for it. */
export async function addEmail(page: Page, email: string): Promise<void> {
  await page.goto('/account');
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByLabel('New e-mail address').fill(email);
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await mailTo(email, 'Confirm your e-mail address');
}

/** The link with a token in a mail. */
export const linkIn = ({ text }: Pick<SentMail, 'text'>): string => /https?:\S+#\S+/.exec(text)?.[0] ?? '';

/** Confirms an address by the link of its mail in the mailbox of the sandbox. */
export async function confirmInMailbox(page: Page, email: string): Promise<void> {
  await page.goto('/mailbox');
  await page.getByRole('listitem').filter({ hasText: email }).getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Confirm your e-mail address' }).waitFor();
  // Playwright cannot look into the frame of the mail, which runs no script, so the link in its plain text is taken.
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: '/confirm-email#' }).click();
  const confirmation = await opened;
  await confirmation.getByText(`${email} is confirmed.`).waitFor();
  await confirmation.close();
}

/** Confirms an address by the link of its mail. A deploy has no mailbox, so the link is read where its mails are kept. */
export async function confirmByMail(page: Page, email: string): Promise<void> {
  if (theSandbox().gateway === 'offline') return confirmInMailbox(page, email);
  await page.goto(`/confirm-email#${tokenIn(await mailTo(email, 'Confirm your e-mail address'))}`);
  await page.getByText(`${email} is confirmed.`).waitFor();
}

/** Downloads everything kept about the account. */
export async function download(page: Page): Promise<{ name: string; records: { kind: string }[] }> {
  await page.goto('/account');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download everything' }).click(),
  ]);
  const { records } = JSON.parse(readFileSync(await file.path(), 'utf8'));
  return { name: file.suggestedFilename(), records };
}
