import type { Page } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';
import {
  drawPlayMoney,
  fillOfferToSell,
  openOfferOf,
  signUp,
  startTrade,
  turnOnSecondFactor,
} from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const IBAN = 'DE89370400440532013000';

async function addAccount(page: Page, holder: string, iban: string): Promise<void> {
  await page.goto('/account/payment');
  await page.getByRole('button', { name: 'Add a payment account' }).click();
  await page.getByLabel('Name of the account holder').fill(holder);
  await page.getByLabel('IBAN', { exact: true }).fill(iban);
  await page.getByRole('button', { name: 'Add a payment account' }).click();
}

/** Pixels of the picture in which the QR code is read. */
const SIZE = 300;

/** The text of the QR code on the page, as a camera would read it. */
async function scanned(page: Page): Promise<string> {
  const code = page.getByRole('img', { name: 'QR code of this transfer' });
  const pixels = await code.evaluate(async (svg, size) => {
    const picture = new Image();
    picture.src = `data:image/svg+xml;base64,${btoa(new XMLSerializer().serializeToString(svg))}`;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const drawing = canvas.getContext('2d')!;
    drawing.drawImage(picture, 0, 0, size, size);
    // As one text, because a list of so many numbers takes minutes.
    const { data } = drawing.getImageData(0, 0, size, size);
    return btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''));
  }, SIZE);
  return decodeQR({ width: SIZE, height: SIZE, data: new Uint8Array(Buffer.from(pixels, 'base64')) });
}

test(
  'a seller adds where to be paid, and the buyer sees it with copy buttons, a reference and a QR code',
  story('how-to-pay', async () => {
    const [seller, buyer] = await Promise.all([
      visitor(),
      visitor({ viewport: { width: 360, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'] }),
    ]);
    const [sellerName] = await Promise.all([signUp(seller, 'ann'), signUp(buyer, 'bob')]);
    await drawPlayMoney(seller);

    await addAccount(seller, 'Ann Bélanger', `${IBAN}1`);
    await seller.getByText('Enter an IBAN of a country where this method works.').waitFor();
    expect(await axeViolations(seller)).toEqual([]);
    await seller.getByLabel('IBAN', { exact: true }).fill('de89 3704 0044 0532 0130 00');
    await seller.getByLabel('Name of this account').fill('Green bank');
    await seller.getByRole('button', { name: 'Add a payment account' }).click();
    await seller.getByText('DE89 3704 0044 0532 0130 00').waitFor();
    expect(await axeViolations(seller)).toEqual([]);

    await fillOfferToSell(seller);
    const choice = seller.getByLabel('Account for SEPA transfer');
    expect(await choice.locator('option:checked').textContent()).toBe('Green bank');
    await seller.getByRole('button', { name: 'Publish offer' }).click();
    await seller.getByRole('button', { name: 'Pause', exact: true }).first().waitFor();

    await openOfferOf(buyer, sellerName);
    await startTrade(buyer, '120.50');
    await buyer.getByRole('heading', { name: 'How to pay' }).waitFor();
    for (const [label, text] of [
      ['Money', '120.50'],
      ['Name of the account holder', 'Ann Bélanger'],
      ['IBAN', IBAN],
    ] as const) {
      await buyer.getByRole('button', { name: `Copy ${label}`, exact: false }).click();
      expect(await buyer.evaluate(() => navigator.clipboard.readText())).toBe(text);
    }
    await buyer.getByRole('button', { name: 'Copy Reference' }).click();
    const reference = await buyer.evaluate(() => navigator.clipboard.readText());
    expect(reference).toMatch(/^[34679CDFGHJKMNPQRTWXY]{6}$/);
    const lines = ['BCD', '002', '1', 'SCT', '', 'Ann Bélanger', IBAN, 'EUR120.50', '', '', reference];
    expect(await scanned(buyer)).toBe(lines.join('\n'));
    expect(await overflowOf(buyer)).toBe(0);
    expect(await axeViolations(buyer)).toEqual([]);

    await seller.goto(new URL(buyer.url()).pathname);
    await seller.getByRole('heading', { name: 'How the buyer pays' }).waitFor();
    await seller.getByText(reference).first().waitFor();

    await seller.goto('/account/payment');
    await seller.getByRole('button', { name: 'Remove Green bank' }).click();
    await seller.getByRole('button', { name: 'Remove the account' }).click();
    await seller.getByText('No payment account yet').waitFor();
    await buyer.reload();
    await buyer.getByText('DE89 3704 0044 0532 0130 00').waitFor();
  }),
);

test(
  'an account with a second factor confirms each change, and an offer without an account says so',
  story('payment-account-factor', async () => {
    const page = await visitor();
    await signUp(page, 'carol');
    const [first, second, third] = await turnOnSecondFactor(page);
    await addAccount(page, 'Carol C.', IBAN);
    await page.getByText('Confirm this with your second factor.').waitFor();
    await page.getByLabel('Code from your authenticator app').fill(first!);
    await page.getByRole('button', { name: 'Add a payment account' }).click();
    await page.getByRole('button', { name: 'Change SEPA transfer' }).click();
    await page.getByLabel('Name of this account').fill('Blue bank');
    await page.getByLabel('Code from your authenticator app').fill(second!);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Blue bank').waitFor();

    await fillOfferToSell(page);
    await page.getByLabel('Account for SEPA transfer').selectOption({ label: 'None' });
    await page.getByText('Buyers will not see where to pay').waitFor();

    await page.goto('/account/payment');
    await page.getByRole('button', { name: 'Remove Blue bank' }).click();
    await page.getByLabel('Code from your authenticator app').fill(third!);
    await page.getByRole('button', { name: 'Remove the account' }).click();
    await page.getByText('No payment account yet').waitFor();
  }),
);
