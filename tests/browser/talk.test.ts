import type { Page } from 'playwright-core';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { png, SECRET } from '#tests/helpers/pictures.ts';
import { aTrade } from '#tests/helpers/trade.ts';
import { until } from '#tests/helpers/until.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 180_000;
const SMALL_FRENCH = { locale: 'fr-FR', colorScheme: 'dark', viewport: { width: 360, height: 740 } } as const;

/** Signs a person of the API in on a page in English or French, and opens a trade. */
async function openTrade(page: Page, { username, password }: Person, tradeId: string, language: 'en' | 'fr') {
  const words = {
    en: ['Username', 'Password', 'Sign in', 'Messages'],
    fr: ['Nom d’utilisateur', 'Mot de passe', 'Se connecter', 'Messages'],
  } as const;
  const [name, secret, signIn, title] = words[language];
  await page.goto('/sign-in');
  await page.getByLabel(name).fill(username);
  await page.getByLabel(secret, { exact: true }).fill(password);
  await page.getByRole('button', { name: signIn, exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto(`/trades/${tradeId}`);
  await page.getByRole('heading', { name: title }).waitFor();
}

const log = (page: Page) => page.getByRole('log', { name: 'Messages' });

test(
  'two people talk in a trade, in two languages, and each sees what is new and read',
  story('talk', async () => {
    const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
    const [alice, bob] = [await visitor(SMALL_FRENCH), await visitor()];
    await openTrade(bob, buyer, trade.id, 'en');
    await log(bob).getByText('Payment sent').waitFor();

    // A double click sends once, and Enter sends too.
    await bob.getByLabel('Your message').fill('I sent the money.\nReference 17.');
    await bob.getByRole('button', { name: 'Send message' }).dblclick();
    await log(bob).getByText('I sent the money.').waitFor();
    await bob.getByLabel('Your message').fill('Did it arrive?');
    await bob.getByLabel('Your message').press('Enter');
    await log(bob).getByText('Did it arrive?').waitFor();
    await bob.getByText('Sending…').first().waitFor({ state: 'hidden' });
    const sent = async () =>
      (await buyer.listMessages({ tradeId: trade.id })).items.filter(({ from }) => from === 'buyer');
    expect((await sent()).map(({ text }) => text)).toEqual([
      'Did it arrive?',
      'I sent the money.\nReference 17.',
    ]);
    expect(await bob.getByLabel('Your message').inputValue()).toBe('');

    await openTrade(alice, seller, trade.id, 'fr');
    await log(alice).getByText('Did it arrive?').waitFor();
    await log(alice).getByText('Nouveaux').waitFor();
    await alice.getByLabel('Votre message').scrollIntoViewIfNeeded();
    await alice.getByLabel('Votre message').fill('Oui, à l’instant 👍');
    await alice.getByRole('button', { name: 'Envoyer le message' }).click();
    // Both pages learn of it without a reload.
    await log(bob).getByText('Oui, à l’instant 👍').waitFor();
    await log(bob)
      .getByText(/^Read /)
      .waitFor();
    await bob.getByLabel('Your message').scrollIntoViewIfNeeded();
    await until(sent, (all) => all.every(({ readAt }) => readAt !== undefined));

    const file = { name: 'receipt.png', mimeType: 'image/png', buffer: png([], SECRET) };
    await bob.getByLabel('Add a picture').setInputFiles({ ...file, mimeType: 'image/gif' });
    await bob.getByText('That picture cannot be sent.').waitFor();
    await bob.getByLabel('Add a picture').setInputFiles(file);
    await bob.getByText('Picture: receipt.png').waitFor();
    await bob.getByRole('button', { name: 'Send message' }).click();
    const pictureFor = (page: Page) => log(page).getByRole('img').last();
    await pictureFor(alice).waitFor();
    await pictureFor(alice).scrollIntoViewIfNeeded();
    await until(
      () => pictureFor(alice).evaluate((image) => (image as HTMLImageElement).naturalWidth),
      (width) => width === 3,
    );
    for (const page of [alice, bob]) {
      expect(await axeViolations(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
    }
  }),
  STORY_MS,
);

test(
  'a message that fails is kept through a reload, and is sent once when it is tried again',
  story('talk-fails', async () => {
    const { buyer, trade } = await aTrade();
    const page = await visitor();
    await openTrade(page, buyer, trade.id, 'en');
    // The request arrives, and its answer is lost.
    await page.route('**/messages', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await route.fetch();
      return route.abort();
    });
    await page.getByLabel('Your message').fill('Is anybody there?');
    await page.getByRole('button', { name: 'Send message' }).click();
    await page.getByText('Not sent.').waitFor();
    await page.getByLabel('Your message').fill('a draft');
    await page.unroute('**/messages');
    await page.reload();
    await page.getByText('Not sent.').waitFor();
    expect(await page.getByLabel('Your message').inputValue()).toBe('a draft');
    const again = page.getByRole('log').getByRole('button', { name: 'Try again' });
    await again.click();
    await page.getByText('Not sent.').waitFor({ state: 'hidden' });
    const { items } = await buyer.listMessages({ tradeId: trade.id });
    expect(items.filter(({ text }) => text === 'Is anybody there?')).toHaveLength(1);
    await until(
      () => log(page).getByText('Is anybody there?').count(),
      (count) => count === 1,
    );
  }),
  STORY_MS,
);

test(
  'earlier messages are read page by page, and a report reaches the moderators',
  story('talk-older', async () => {
    const { seller, buyer, trade } = await aTrade();
    const tradeId = trade.id;
    for (let count = 1; count <= 25; count++)
      await seller.sendMessage({ tradeId, text: `Message number ${count}.` }, aKey());
    const page = await visitor();
    await openTrade(page, buyer, tradeId, 'en');
    await log(page).getByText('Message number 25.').waitFor();
    expect(await log(page).getByText('Message number 1.', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Earlier messages' }).click();
    await log(page).getByText('Message number 1.', { exact: true }).waitFor();
    await log(page).getByText('Awaiting payment').waitFor();
    expect(
      await log(page)
        .getByText(/^Message number/)
        .count(),
    ).toBe(25);
    await page.getByRole('button', { name: 'Report message' }).last().click();
    await log(page).getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Thank you. A moderator will look at it.').waitFor();
    expect((await buyer.listMyReports()).items).toMatchObject([{ kind: 'message' }]);
  }),
  STORY_MS,
);

test(
  'shows hostile texts as text, and no policy is violated',
  story('talk-hostile', async () => {
    const { seller, buyer, trade } = await aTrade();
    const html =
      '<img src=x onerror="document.title=1"><script>document.title=2</script><a href=javascript:alert(1)>x</a>';
    const texts = [
      html,
      'مرحبا، دفعت 120 €',
      '👩‍👩‍👧‍👦🏳️‍🌈 '.repeat(40).trim(),
      'W'.repeat(2_000),
      '{{7*7}} %s',
    ];
    for (const text of texts) await seller.sendMessage({ tradeId: trade.id, text }, aKey());
    const page = await visitor({ viewport: { width: 360, height: 740 } });
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) violations.push(message.text());
    });
    await openTrade(page, buyer, trade.id, 'en');
    for (const text of texts) await log(page).getByText(text, { exact: true }).waitFor();
    expect(await log(page).locator('img, script, a').count()).toBe(0);
    expect(await page.title()).not.toMatch(/^[12]$/);
    expect(violations).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
  }),
  STORY_MS,
);

test(
  'a stranger sees no messages',
  story('talk-stranger', async () => {
    const { trade } = await aTrade();
    const page = await visitor();
    const stranger = await person();
    await page.goto('/sign-in');
    await page.getByLabel('Username').fill(stranger.username);
    await page.getByLabel('Password', { exact: true }).fill(stranger.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto(`/trades/${trade.id}`);
    await page.getByRole('main').getByRole('heading').first().waitFor();
    expect(await log(page).count()).toBe(0);
  }),
  STORY_MS,
);
