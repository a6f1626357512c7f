import type { Page } from 'playwright-core';
import { invoke, mine } from '#tests/helpers/chain.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';
import { until } from '#tests/helpers/until.ts';
import { story, visitor } from './visitor.ts';

const STORY_MS = 240_000;
/** Shorter than every interval at which a page with a WebSocket looks by itself. */
const SOON = { timeout: 6_000 };

async function signInAs({ username, password }: Person, page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

/** Signs a person of the API in, opens a page, and waits for its WebSocket. */
async function openAs(someone: Person, page: Page, path: string): Promise<void> {
  await signInAs(someone, page);
  await openLive(page, path);
}

async function openLive(page: Page, path: string): Promise<void> {
  const connected = page.waitForEvent('websocket');
  await page.goto(path);
  const socket = await connected;
  expect(new URL(socket.url()).host).toBe(new URL(theSandbox().siteUrl).host);
  // A page that has caught up does not read again by itself for some seconds.
  await page.waitForTimeout(1_500);
}

test(
  'the step of the other party and a message appear in every tab and on My trades, without a reload',
  story('live-trade', async () => {
    const { seller, buyer, trade } = await aTrade();
    const room = await visitor();
    await openAs(seller, room, `/trades/${trade.id}`);
    const [second, list] = [await room.context().newPage(), await room.context().newPage()];
    await openLive(second, `/trades/${trade.id}`);
    await openLive(list, '/my/trades');
    const inList = (text: string) => list.getByRole('listitem').getByText(text).first();
    await inList('Awaiting payment').waitFor();

    await buyer.confirmPaymentSent({ tradeId: trade.id });
    for (const page of [room, second]) await page.getByText('Payment sent').first().waitFor(SOON);
    await inList('Payment sent').waitFor(SOON);
    await buyer.sendMessage({ tradeId: trade.id, text: 'It is on its way.' }, aKey());
    for (const page of [room, second]) await page.getByText('It is on its way.').waitFor(SOON);
  }),
  STORY_MS,
);

test(
  'a review by the other party, and the own one in another tab, appear without a reload',
  story('live-reviews', async () => {
    const { seller, buyer, trade } = await aTrade({ state: 'completed' });
    const room = await visitor();
    await openAs(seller, room, `/trades/${trade.id}`);
    const second = await room.context().newPage();
    await openLive(second, `/trades/${trade.id}`);
    const draft = room.getByLabel('Comment (optional)');
    await draft.fill('Not sent yet');

    await buyer.reviewTrade({ tradeId: trade.id, rating: 3, comment: 'A bit slow.' });
    for (const page of [room, second])
      await page.getByText(`${buyer.username} has written a review`, { exact: false }).waitFor(SOON);
    expect(await draft.inputValue()).toBe('Not sent yet');

    await room.getByRole('radio', { name: '4 stars' }).check({ force: true });
    await room.getByRole('button', { name: 'Send the review' }).click();
    await second.getByText('Your review', { exact: true }).waitFor(SOON);
    for (const page of [room, second]) await page.getByText('A bit slow.').waitFor(SOON);
  }),
  STORY_MS,
);

test(
  'a new offer appears in the list',
  story('live-market', async () => {
    const owner = await person().then((one) => one.withFunds('2'));
    const page = await visitor();
    await openAs(await person(), page, '/?sort=newest');
    await anOffer(owner);
    await page.getByRole('link', { name: `Buy from ${owner.username}` }).waitFor(SOON);
  }),
  STORY_MS,
);

test(
  'a deposit and its confirmations appear in the wallet',
  story('live-wallet', async () => {
    const someone = await person();
    const address = await someone.depositAddress();
    const page = await visitor();
    await openAs(someone, page, '/wallet');
    await payee.send(address, '0.75');
    await invoke('watchDeposits');
    await page.getByText('0 of 10').waitFor(SOON);
    await mine(3);
    await invoke('watchDeposits');
    await page.getByText('3 of 10').waitFor(SOON);
  }),
  STORY_MS,
);

test(
  'a page whose WebSocket is cut reconnects, and shows what it missed',
  story('live-cut', async () => {
    const { seller, buyer, trade } = await aTrade();
    const page = await visitor();
    const cuts: (() => Promise<void>)[] = [];
    let isDown = false;
    await page.routeWebSocket(/\/live\?ticket=/, (socket) => {
      if (isDown) return void socket.close();
      socket.connectToServer();
      cuts.push(() => socket.close({ code: 1001 }));
    });
    await signInAs(seller, page);
    cuts.length = 0;
    await page.goto(`/trades/${trade.id}`);
    await until(
      async () => cuts.length,
      (count) => count > 0,
    );
    await page.waitForTimeout(1_500);
    isDown = true;
    for (const cut of cuts.splice(0)) await cut();
    await buyer.confirmPaymentSent({ tradeId: trade.id });
    isDown = false;
    await page.getByText('Payment sent').first().waitFor(SOON);
    // The next step comes by the new connection.
    await page.waitForTimeout(3_000);
    expect(cuts.length).toBeGreaterThan(0);
    await buyer.sendMessage({ tradeId: trade.id, text: 'Look again.' }, aKey());
    await page.getByText('Look again.').waitFor(SOON);
  }),
  STORY_MS,
);
