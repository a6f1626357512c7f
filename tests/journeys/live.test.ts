import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoConnections } from '#adapters/dynamodb/connections.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { LIVE_SLOTS } from '#core/live/limits.ts';
import { asInstant } from '#core/time.ts';
import { invoke, mine } from '#tests/helpers/chain.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { type Live, liveOf, openSocket } from '#tests/helpers/live.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';
import { until } from '#tests/helpers/until.ts';

const opened: Live[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((live) => live.close()));
});

async function live(someone: Person): Promise<Live> {
  const one = await liveOf(someone);
  opened.push(one);
  return one;
}

const connections = dynamoConnections(documentClient(), process.env.LIVE_TABLE!);
const slotsOf = async (someone: Person) => {
  const { id } = await someone.getMe();
  return connections.ofAccount(id, systemClock.now());
};

describe('hints', () => {
  test('tell both parties of a step and a message, in every tab, and nobody else', async () => {
    const { seller, buyer, trade } = await aTrade();
    const stranger = await person();
    const [ofSeller, secondTab, ofBuyer, ofStranger] = [
      await live(seller),
      await live(seller),
      await live(buyer),
      await live(stranger),
    ];
    const { version } = await buyer.confirmPaymentSent({ tradeId: trade.id });
    for (const tab of [ofSeller, secondTab, ofBuyer])
      expect(await tab.next('trade', trade.id)).toEqual({ type: 'trade', id: trade.id, version });
    const [notice] = (await seller.listNotices()).items;
    expect(await ofSeller.next('notice')).toEqual({ type: 'notice', id: notice!.id });
    expect(await secondTab.next('wallet')).toEqual({ type: 'wallet', id: (await seller.getMe()).id });

    const { id } = await seller.sendMessage({ tradeId: trade.id, text: 'I look.' }, aKey());
    for (const tab of [ofSeller, secondTab, ofBuyer])
      expect(await tab.next('message')).toEqual({ type: 'message', id });

    await seller.confirmPaymentReceived({ tradeId: trade.id });
    await ofBuyer.next('trade', trade.id);
    await ofBuyer.next('notice');
    expect(ofStranger.frames.filter(({ type }) => type !== 'market')).toEqual([]);
  });

  test('tell of a deposit, its confirmations and its credit', async () => {
    const someone = await person();
    const address = await someone.depositAddress();
    const tab = await live(someone);
    await payee.send(address, '0.5');
    await invoke('watchDeposits');
    const { id } = await tab.next('deposit');
    expect((await someone.listDeposits()).items).toMatchObject([{ id, state: 'seen' }]);
    await tab.next('wallet');

    await mine(2);
    await invoke('watchDeposits');
    await tab.next('deposit', id);
    await mine(8);
    tab.frames.length = 0;
    await invoke('watchDeposits');
    await tab.next('wallet');
    expect(await someone.wallet()).toMatchObject({ availableXmr: '0.5' });
  });

  test('tell of a withdrawal until it is confirmed', async () => {
    const someone = await person().then((one) => one.withFunds('2'));
    const tab = await live(someone);
    const address = await payee.newAddress();
    const { id } = await someone.requestWithdrawal({ address, amountXmr: '1' }, aKey());
    await tab.next('withdrawal', id);
    await until(
      () => someone.getWithdrawal({ withdrawalId: id }),
      ({ state }) => state === 'broadcast',
    );
    await tab.next('withdrawal', id);
    await mine(3);
    await invoke('followWithdrawals');
    tab.frames.length = 0;
    await invoke('followWithdrawals');
    await tab.next('withdrawal', id);
    await mine(7);
    await invoke('followWithdrawals');
    await until(
      async () => tab.frames.map(({ version }) => version),
      (versions) => versions.some((version) => version !== undefined),
    );
  });

  test('tell everybody who is signed in of the market, at most once a second', async () => {
    const [owner, other] = [await person().then((one) => one.withFunds('1')), await person()];
    const tab = await live(other);
    const times: number[] = [];
    const offer = await anOffer(owner);
    times.push((await tab.next('market')) && Date.now());
    for (let change = 0; change < 5; change += 1) {
      const { version } = await owner.getOffer({ offerId: offer.id });
      await owner.updateOffer({ offerId: offer.id, version, state: change % 2 ? 'open' : 'paused' });
    }
    times.push((await tab.next('market')) && Date.now());
    expect(times[1]! - times[0]!).toBeGreaterThan(700);
    expect(tab.frames.filter(({ type }) => type === 'market').length).toBeLessThan(3);
  });
});

describe('a ticket', () => {
  test('opens one connection, with the Origin of the site or with none', async () => {
    const someone = await person();
    const { url, expiresAt } = await someone.openLive();
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    const [first] = [await openSocket(url, { origin: theSandbox().siteUrl })];
    opened.push(first!);
    expect(first).toBeDefined();
    expect(await openSocket(url)).toBeUndefined();
    await live(someone);
    expect(await slotsOf(someone)).toHaveLength(2);
  });

  test('opens none from a page of another site, and stays valid', async () => {
    const someone = await person();
    const { url } = await someone.openLive();
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1'])
      expect(await openSocket(url, { origin })).toBeUndefined();
    const own = await openSocket(url);
    expect(own).toBeDefined();
    opened.push(own!);
  });

  test('that is forged, missing or expired opens none', async () => {
    const someone = await person();
    const { url } = await someone.openLive();
    const { url: other } = await (await person()).openLive();
    const secret = url.split('.').at(-1)!;
    for (const forged of [
      url.slice(0, -1),
      url.split('?')[0]!,
      `${url.split('?')[0]}?ticket=`,
      `${url.slice(0, -43)}${'A'.repeat(43)}`,
      `${other.slice(0, -43)}${secret}`,
    ])
      expect(await openSocket(forged)).toBeUndefined();

    const { id } = await someone.getMe();
    const { createHash } = await import('node:crypto');
    const digest = createHash('sha256').update(secret).digest('base64url');
    const past = asInstant(Date.now() - 1);
    // As if the ticket in another slot had been made half a minute ago.
    const slot = (Number(url.split('.').at(-2)) + 1) % LIVE_SLOTS;
    expect(await connections.reserve({ accountId: id, slot }, { digest, expiresAt: past }, past)).toBe(true);
    const late = `${url.slice(0, url.indexOf('=') + 1)}${id}.${slot}.${secret}`;
    expect(await openSocket(late)).toBeUndefined();
  });

  test('is refused while an account has its maximum of tickets and connections', async () => {
    const someone = await person();
    for (let count = 0; count < LIVE_SLOTS; count += 1) await someone.openLive();
    await expectProblem(someone.openLive(), 409, 'too_many_open');
    await (await person()).openLive();
  });
});

test('a connection that was closed, or is gone without a close, is removed', async () => {
  const { seller, buyer, trade } = await aTrade();
  const tab = await liveOf(seller);
  const there = await live(seller);
  await tab.close();
  await until(
    () => slotsOf(seller),
    (slots) => slots.length === 1,
  );

  const { id } = await seller.getMe();
  const openedAt = asInstant(Date.now() - 60_000);
  const expiresAt = asInstant(Date.now() + 60_000);
  const lost = { accountId: id, slot: LIVE_SLOTS - 1, connectionId: 'gone0123=', openedAt };
  expect(await connections.reserve(lost, { digest: 'digest', expiresAt }, openedAt)).toBe(true);
  expect(await connections.open(lost, { digest: 'digest', expiresAt })).toBe(true);
  expect(await slotsOf(seller)).toHaveLength(2);
  await buyer.confirmPaymentSent({ tradeId: trade.id });
  await there.next('trade', trade.id);
  await until(
    () => slotsOf(seller),
    (slots) => slots.length === 1,
  );
});
