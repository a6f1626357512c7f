import type { Page } from 'playwright-core';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { signIn, staff } from '#tests/helpers/staff.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';
import { overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 240_000;
const PHONE = { viewport: { width: 360, height: 740 } };
const HTML = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

test(
  'shows HTML in the name and the terms of another person as text',
  story('hostile-text', async () => {
    const seller = await person().then((one) => one.withFunds('1'));
    await seller.updateMe({ displayName: '<b>Ann</b> &amp;' });
    const { id } = await anOffer(seller, { terms: HTML, methods: ['<i>cash</i>'], maxFiat: '50.00' });
    const page = await visitor();
    await page.goto(`/offers/${id}`);
    await page.getByText(HTML).waitFor();
    await page.getByText('<b>Ann</b> &amp;').first().waitFor();
    await page.getByText('<i>cash</i>').first().waitFor();
    expect(await page.locator('main img, main script, main b, main i').count()).toBe(0);
    expect(await page.title()).not.toMatch(/^[12]$/);
  }),
  STORY_MS,
);

/** A text of the most characters that a field takes: HTML, Arabic, emoji, template marks, and a word without a space. */
const longText = (length: number, mark: string) =>
  `${mark} ${HTML} مرحبا، دفعت ١٢٠ € 👩‍👩‍👧‍👦🏳️‍🌈 {{7*7}} \${alert(1)} %s ${'W'.repeat(length)}`.slice(
    0,
    length,
  );

/** What must not happen on a page: broken rules of the content security policy, dialogs, and errors. */
async function incidentsOf(page: Page): Promise<string[]> {
  const incidents: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) incidents.push(message.text());
  });
  page.on('dialog', (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => incidents.push(error.message));
  return incidents;
}

async function enter(page: Page, { username, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

/** Opens a page on which texts with these marks are, and expects them as texts on a page that is not broken. */
async function expectTexts(page: Page, path: string, marks: string[]): Promise<void> {
  await page.goto(path);
  for (const mark of marks) await page.getByText(`${mark} ${HTML}`).first().waitFor();
  const made = 'main img[src="x"], main script, main b, main i';
  expect([path, await page.locator(made).count(), await overflowOf(page)]).toEqual([path, 0, 0]);
}

test(
  'shows long and hostile texts of others as texts on a phone, wherever others see them',
  story('hostile-texts', async () => {
    const { seller, buyer, trade, offer } = await aTrade({ state: 'payment_sent' });
    const mod = await staff('moderator');
    await seller.updateMe({ displayName: '<b>Ann</b> مرحبا 😀 WWWWWWWWWWWWWWWW' });
    await seller.updateOffer({
      offerId: offer.id,
      version: offer.version,
      terms: longText(2_000, 'terms'),
    });
    const { id: messageId } = await seller.sendMessage(
      { tradeId: trade.id, text: longText(2_000, 'message') },
      aKey(),
    );
    const report = { reason: 'spam' } as const;
    await buyer.createReport({ ...report, kind: 'offer', id: offer.id, text: longText(2_000, 'report') });
    await buyer.createReport({
      ...report,
      kind: 'message',
      id: messageId,
      text: longText(2_000, 'reported'),
    });
    await seller.openDispute({ tradeId: trade.id, reason: longText(2_000, 'dispute') });

    const [guest, party, moderator] = await Promise.all([visitor(PHONE), visitor(PHONE), visitor(PHONE)]);
    const incidents = await Promise.all([guest, party, moderator].map(incidentsOf));
    await enter(party, buyer);
    await enter(moderator, mod);
    await expectTexts(guest, `/offers/${offer.id}`, ['terms']);
    await expectTexts(party, `/trades/${trade.id}`, ['message', 'dispute']);
    await expectTexts(moderator, '/moderation', ['report', 'reported']);
    await expectTexts(moderator, `/trades/${trade.id}`, ['dispute']);

    await signIn(mod);
    await mod.resolveDispute({ tradeId: trade.id, buyerXmr: '1', note: longText(2_000, 'note') });
    await seller.reviewTrade({ tradeId: trade.id, rating: 1, comment: longText(500, 'review') });
    await buyer.reviewTrade({ tradeId: trade.id, rating: 5 });
    await expectTexts(party, `/trades/${trade.id}`, ['note', 'review']);
    await expectTexts(guest, `/users/${buyer.username}`, ['review']);
    expect(incidents).toEqual([[], [], []]);
    for (const page of [guest, party, moderator]) expect(await page.title()).not.toMatch(/^[12]$/);
  }),
  STORY_MS,
);
