import { keyed } from '#tests/helpers/entities.ts';
import { Died, dying } from '#tests/helpers/faulty.ts';
import { ALICE, BUYER, OUTSIDE, SELLER, testWorld, XMR, xmr } from '#tests/helpers/world.ts';
import { createOffer } from '../offers/create-offer.ts';
import { pauseMyOffers } from '../offers/pause-my-offers.ts';
import { resumeMyOffers } from '../offers/resume-my-offers.ts';
import { updateOffer } from '../offers/update-offer.ts';
import { payWithdrawal } from '../withdrawals/pay-withdrawal.ts';
import { requestWithdrawal } from '../withdrawals/request-withdrawal.ts';
import { OPERATOR } from './actors.ts';
import { getHalts } from './get-halts.ts';
import { listAuditLog } from './list-audit-log.ts';
import { updateHalts } from './update-halts.ts';

async function aWorld() {
  const world = testWorld();
  const { ports } = world;
  const change = updateHalts(ports);
  return {
    ...world,
    change: (wanted: Parameters<typeof change>[0]) => change(wanted, OPERATOR),
    halts: () => getHalts(ports)(),
    acts: async () => {
      const { items } = await listAuditLog(ports)({ page: { limit: 10 } });
      return items.map(({ act, halt, reason }) => [act, halt, reason]);
    },
    take: async (amount = '1') => {
      world.give(SELLER, 5n * XMR);
      const { id: offerId } = await world.publish();
      return world.startTrade({ offerId, amountXmr: xmr(amount) }, BUYER, keyed(BUYER));
    },
  };
}

const OFF = { on: false };

test('every act on a halt is in the audit log, with its reason', async () => {
  const { change, halts, acts, clock } = await aWorld();
  expect(await halts()).toEqual({ offers: OFF, takes: OFF, payouts: OFF });
  const on = await change({
    takes: { on: true, reason: 'a bug' },
    payouts: { on: true, reason: 'low on coins' },
  });
  expect(on).toEqual({
    offers: OFF,
    takes: { on: true, reason: 'a bug', since: clock.now() },
    payouts: { on: true, reason: 'low on coins', since: clock.now() },
  });
  expect(await halts()).toEqual(on);
  await change({ takes: { on: false, reason: 'mended' } });
  expect(await halts()).toMatchObject({ takes: OFF, payouts: { on: true } });
  expect(await acts()).toEqual([
    ['resume', 'takes', 'mended'],
    ['halt', 'payouts', 'low on coins'],
    ['halt', 'takes', 'a bug'],
  ]);
});

test('a halt keeps its time when its reason changes, and the same request changes nothing', async () => {
  const { change, acts, pass, clock } = await aWorld();
  const since = clock.now();
  await change({ offers: { on: true, reason: 'one' } });
  pass(1_000);
  const again = await change({ offers: { on: true, reason: 'two' } });
  expect(again).toMatchObject({ offers: { reason: 'two', since } });
  await change({ offers: { on: true, reason: 'two' }, takes: OFF });
  expect(await acts()).toHaveLength(2);
});

test('refuses a halt without a reason, and changes nothing', async () => {
  const { change, halts } = await aWorld();
  const refused = await change({ offers: { on: true, reason: 'a bug' }, takes: { on: true } });
  expect(refused).toMatchObject({ refused: 'invalid_request', errors: [{ path: 'takes.reason' }] });
  expect(await halts()).toMatchObject({ offers: OFF });
});

test('of two admins at once, both changes hold', async () => {
  const { change, halts, between, acts } = await aWorld();
  between('halts', 'read', () => change({ takes: { on: true, reason: 'a bug' } }));
  await change({ payouts: { on: true, reason: 'low on coins' } });
  expect(await halts()).toMatchObject({ takes: { on: true }, payouts: { on: true } });
  expect(await acts()).toHaveLength(2);
});

test.each(['before', 'after'] as const)(
  'a request that dies %s any read or write is completed by the same request',
  async (when) => {
    for (let at = 1; ; at++) {
      const { ports, halts, acts, change } = await aWorld();
      const wanted = { offers: { on: true, reason: 'a bug' }, takes: { on: true, reason: 'a bug' } };
      const process = dying(ports, ['halts', 'moderation'], { at, when });
      const died = await updateHalts(process.ports)(wanted, OPERATOR).then(
        () => false,
        (error) => error instanceof Died,
      );
      await change(wanted);
      expect(await halts()).toMatchObject({ offers: { on: true }, takes: { on: true } });
      expect(await acts()).toHaveLength(2);
      if (!died) {
        expect(at).toBeGreaterThan(4);
        return;
      }
    }
  },
);

test('halted offers: none comes onto the market, and an owner may still pause', async () => {
  const { ports, change, publish, offers } = await aWorld();
  const { id: offerId } = await publish();
  const terms = {
    side: 'buy' as const,
    currency: 'EUR',
    price: { kind: 'fixed' as const, fiatPerXmr: '150.00' },
    minFiat: '10.00',
    maxFiat: '20.00',
    methods: ['sepa'],
    paymentWindowMinutes: 30,
  };
  await change({ offers: { on: true, reason: 'a flood' } });
  const halted = { refused: 'halted', state: 'offers', detail: 'a flood' };
  expect(await createOffer(ports)(terms, SELLER)).toEqual(halted);
  expect(await updateOffer(ports)({ offerId, version: 1, maxFiat: '20.00' }, SELLER)).toEqual(halted);
  expect(await pauseMyOffers(ports)({}, SELLER)).toEqual({ changed: 1 });
  expect(await resumeMyOffers(ports)({}, SELLER)).toEqual(halted);
  expect(await offers.get(offerId)).toMatchObject({ state: 'paused' });
  await change({ offers: OFF });
  expect(await resumeMyOffers(ports)({}, SELLER)).toEqual({ changed: 1 });
});

test('halted offers: a change that only pauses is allowed', async () => {
  const { ports, change, publish } = await aWorld();
  const { id: offerId } = await publish();
  await change({ offers: { on: true, reason: 'a flood' } });
  const paused = await updateOffer(ports)({ offerId, version: 1, state: 'paused' }, SELLER);
  expect(paused).toMatchObject({ state: 'paused' });
});

test('halted takes: no trade starts, and those that are under way end as usual', async () => {
  const { change, take, confirmPaymentSent, confirmPaymentReceived, balance } = await aWorld();
  const started = await take();
  if ('refused' in started) throw new Error(started.refused);
  await change({ takes: { on: true, reason: 'a bug' } });
  const before = balance(SELLER);
  expect(await take()).toEqual({ refused: 'halted', state: 'takes', detail: 'a bug' });
  expect(balance(SELLER).heldPiconero).toBe(before.heldPiconero);
  await confirmPaymentSent({ tradeId: started.id }, BUYER);
  await confirmPaymentReceived({ tradeId: started.id }, SELLER);
  expect(balance(BUYER).availablePiconero).toBe(XMR);
});

test('a halt that is written while a take is decided refuses it, although it was off when the take began', async () => {
  const { change, take, between, balance } = await aWorld();
  between('offers', 'get', () => change({ takes: { on: true, reason: 'a bug' } }));
  expect(await take()).toMatchObject({ refused: 'halted' });
  expect(balance(SELLER).heldPiconero).toBe(0n);
});

test('a take that was written before the halt is answered again by its key', async () => {
  const { startTrade, publish, give, change } = await aWorld();
  give(SELLER, 5n * XMR);
  const { id: offerId } = await publish();
  const asked = { offerId, amountXmr: xmr('1') };
  expect(await startTrade(asked, BUYER, keyed(BUYER, 'key'))).not.toHaveProperty('refused');
  await change({ takes: { on: true, reason: 'a bug' } });
  expect(await startTrade(asked, BUYER, keyed(BUYER, 'key'))).toEqual({ refused: 'idempotency_key_reused' });
});

test('halted payouts: no withdrawal is requested, a queued one waits, and is paid afterwards', async () => {
  const { ports, change, order, give, withdrawals, balance } = await aWorld();
  give(ALICE, 5n * XMR);
  const id = await order();
  await change({ payouts: { on: true, reason: 'low on coins' } });
  const asked = { address: OUTSIDE, amountXmr: xmr('1') };
  const before = balance(ALICE);
  expect(await requestWithdrawal(ports)(asked, ALICE, keyed(ALICE))).toEqual({
    refused: 'halted',
    state: 'payouts',
    detail: 'low on coins',
  });
  expect(balance(ALICE)).toEqual(before);
  expect(await payWithdrawal(ports)(id)).toBe('left');
  expect(await withdrawals.get(id)).toMatchObject({ state: 'queued' });
  await change({ payouts: OFF });
  expect(await payWithdrawal(ports)(id)).toBe('done');
  expect(await withdrawals.get(id)).toMatchObject({ state: 'broadcast' });
});

test('halted payouts: a payment that is prepared already is finished', async () => {
  const { ports, change, order, give, withdrawals } = await aWorld();
  give(ALICE, 5n * XMR);
  const id = await order();
  // The halt comes while the payment is being relayed.
  const relay: typeof ports.wallet.relay = async (payment) => {
    await change({ payouts: { on: true, reason: 'low on coins' } });
    throw new Error(`no answer for ${payment.txid}`);
  };
  await payWithdrawal({ ...ports, wallet: { ...ports.wallet, relay } })(id).catch(() => undefined);
  await payWithdrawal(ports)(id);
  expect(await withdrawals.get(id)).toMatchObject({ state: 'broadcast' });
});
