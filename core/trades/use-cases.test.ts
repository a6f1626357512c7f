import { memoryBooks } from '#adapters/memory/books.ts';
import { memoryOffers } from '#adapters/memory/offers.ts';
import type { MemorySecondFactors } from '#adapters/memory/second-factors.ts';
import { memoryTrades } from '#adapters/memory/trades.ts';
import { accountsWorld } from '#tests/helpers/accounts-world.ts';
import { NO_SECOND_FACTOR } from '#tests/helpers/payments-world.ts';
import { audit } from '../audit/audit.ts';
import type { Caller } from '../caller.ts';
import type { Remember } from '../idempotency.ts';
import type { AccountId, OfferId, SessionId, TransferId } from '../ids.ts';
import { houseAccount, transfer, userAccount } from '../ledger/ledger.ts';
import { asMinorUnits } from '../money/fiat.ts';
import { asPiconero, type Piconero, parseXmr } from '../money/xmr.ts';
import type { Offer } from '../offers/offers.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { StepUp } from '../step-up.ts';
import { asInstant, MINUTE_MS } from '../time.ts';
import { expireTrades } from './expire-trades.ts';
import type { Trade } from './trades.ts';
import { tradeUseCases } from './use-cases.ts';
import type { TradeView } from './views.ts';

const xmr = (text: string) => parseXmr(text) as Piconero;
const person = (name: string): Caller => ({ accountId: name as AccountId, sessionId: 's' as SessionId });
const [seller, buyer, stranger] = [person('seller'), person('buyer'), person('stranger')];
let keys = 0;
const remember: Remember<TradeView> = () => ({
  ...{
    accountId: buyer.accountId,
    operation: 'startTrade',
    key: `${++keys}`,
    fingerprint: '',
    status: 201,
    body: '',
  },
});

async function aMarket(
  changes: Partial<Offer> = {},
  sellerHas = '5',
  { stepUp = NO_SECOND_FACTOR, factors }: { stepUp?: StepUp; factors?: MemorySecondFactors } = {},
) {
  let time = 1_000_000;
  let made = 0;
  const clock = { now: () => asInstant(time) };
  const ids = { next: <T extends string>() => `id${String(++made).padStart(6, '0')}` as T };
  const books = memoryBooks();
  const offers = memoryOffers();
  const trades = memoryTrades(books, offers, undefined, factors);
  const prices = { rate: async () => undefined };
  let meanwhile = async (): Promise<unknown> => undefined;
  // People are asked for between reading and writing: what happens meanwhile happens here.
  const people = { getMany: () => meanwhile().then(() => new Map()) };
  const offer: Offer = {
    ...{ id: 'offer' as OfferId, ownerId: seller.accountId, side: 'sell', currency: 'EUR' },
    ...{ price: { kind: 'fixed', fiatPerXmr: asMinorUnits(15_000n) }, state: 'open', version: 1 },
    ...{ minFiat: asMinorUnits(1_000n), maxFiat: asMinorUnits(100_000n), methods: ['sepa'] },
    ...{ paymentWindowMinutes: 30, createdAt: clock.now(), updatedAt: clock.now() },
    ...changes,
  };
  await offers.add(offer);
  const opening = { kind: 'faucet', debit: houseAccount('faucet'), createdAt: clock.now() } as const;
  const [credit, amountPiconero] = [userAccount(seller.accountId), xmr(sellerHas)];
  books.apply([transfer({ ...opening, id: ids.next(), credit, amountPiconero })]);
  const give = async (to: Caller, amount: string) => {
    const more = {
      id: ids.next<TransferId>(),
      credit: userAccount(to.accountId),
      amountPiconero: xmr(amount),
    };
    books.apply([transfer({ ...opening, ...more })]);
  };
  const balance = (of: Caller) => books.balance(userAccount(of.accountId));
  return {
    ...{ books, offer, offers, balance, give, trades, clock },
    ...tradeUseCases({ trades, offers, prices, people, stepUp, clock, ids }),
    between: (act: () => Promise<unknown>) => {
      meanwhile = () => {
        meanwhile = async () => undefined;
        return act();
      };
    },
    wait: (minutes: number) => {
      time += minutes * MINUTE_MS;
    },
    async theBooksBalance() {
      const { items } = await trades.ofParty(seller.accountId, { limit: 100 });
      const transfers = [...books.transfers.values()];
      const found = audit({ ...books, transfers, trades: items as Trade[], withdrawals: [], deposits: [] });
      expect(found).toEqual([]);
    },
  };
}

function started(result: TradeView | Refusal): TradeView {
  if (isRefusal(result)) throw new Error(result.refused);
  return result;
}

test('from the first step to the last, the XMR goes from seller to buyer', async () => {
  const market = await aMarket();
  const taking = { offerId: market.offer.id, amountFiat: '300.00' };
  const { id: tradeId } = started(await market.startTrade(taking, buyer, remember));
  expect(market.balance(seller)).toEqual({ availablePiconero: xmr('3'), heldPiconero: xmr('2') });

  await market.confirmPaymentSent({ tradeId }, buyer);
  await market.confirmPaymentReceived({ tradeId }, seller);

  expect(market.balance(seller)).toEqual({ availablePiconero: xmr('3'), heldPiconero: asPiconero(0n) });
  expect(market.balance(buyer)).toEqual({ availablePiconero: xmr('2'), heldPiconero: asPiconero(0n) });
  await market.theBooksBalance();
});

const start = { amountFiat: '300.00' };
test.each<[string, Partial<Offer>, object, string]>([
  ['outside the limits', {}, { amountFiat: '9.99' }, 'amount_out_of_range'],
  ['above the limits', {}, { amountXmr: xmr('7') }, 'amount_out_of_range'],
  ['with a method that is not offered', {}, { ...start, method: 'cash' }, 'method_not_offered'],
  ['without a method where there are two', { methods: ['sepa', 'wise'] }, start, 'method_not_offered'],
  ['of one’s own', { ownerId: buyer.accountId }, start, 'own_offer'],
  ['that is paused', { state: 'paused' }, start, 'offer_not_open'],
  ['at another price than the one seen', {}, { ...start, fiatPerXmr: '149.99' }, 'price_changed'],
  [
    'that follows a market without a price',
    { price: { kind: 'market', marginBp: 0 } },
    start,
    'price_unavailable',
  ],
  ['with more decimals than the currency has', {}, { amountFiat: '300.001' }, 'invalid_request'],
  ['that the seller cannot pay', {}, { amountXmr: xmr('6') }, 'insufficient_funds'],
])('taking an offer %s holds nothing', async (_, changes, taking, code) => {
  const market = await aMarket(changes);
  const refused = await market.startTrade({ offerId: market.offer.id, ...taking }, buyer, remember);
  expect(refused).toMatchObject({ refused: code });
  expect(market.balance(seller)).toEqual({ availablePiconero: xmr('5'), heldPiconero: asPiconero(0n) });
});

test('an offer that is paused while it is being taken is taken by nobody', async () => {
  const market = await aMarket();
  market.between(() => market.offers.save({ ...market.offer, state: 'paused', version: 2 }));
  const refused = await market.startTrade({ offerId: market.offer.id, ...start }, buyer, remember);
  expect(refused).toMatchObject({ refused: 'offer_not_open' });
  expect(market.balance(seller).heldPiconero).toBe(0n);
});

test('of those who race for the seller’s last XMR, one wins', async () => {
  const market = await aMarket({}, '1');
  const taking = { offerId: market.offer.id, amountXmr: xmr('1') };
  const results = await Promise.all([1, 2, 3].map(() => market.startTrade(taking, buyer, remember)));
  expect(results.filter((result) => !isRefusal(result))).toHaveLength(1);
  await market.theBooksBalance();
});

test('the timer gives an unpaid trade’s XMR back, and only after its time', async () => {
  const market = await aMarket();
  const { id: tradeId } = started(
    await market.startTrade({ offerId: market.offer.id, ...start }, buyer, remember),
  );
  const timer = expireTrades(market);
  market.wait(29);
  expect(await timer()).toBe(0);
  market.wait(2);
  expect(await market.confirmPaymentSent({ tradeId }, buyer)).toMatchObject({ state: 'expired' });
  expect(await timer()).toBe(1);
  expect(market.balance(seller).availablePiconero).toBe(xmr('5'));
  await market.theBooksBalance();
});

test('a trade is nobody else’s to see', async () => {
  const market = await aMarket();
  const { id: tradeId } = started(
    await market.startTrade({ offerId: market.offer.id, ...start }, buyer, remember),
  );
  expect(await market.getTrade({ tradeId }, stranger)).toMatchObject({ refused: 'not_found' });
});

test('a trade that the timer cannot settle is said, and holds up none of the others', async () => {
  const market = await aMarket();
  const taking = { offerId: market.offer.id, amountXmr: xmr('1') };
  const [broken, whole] = [
    started(await market.startTrade(taking, buyer, remember)),
    started(await market.startTrade(taking, buyer, remember)),
  ];
  const save: typeof market.trades.save = async (next, moves) => {
    if (next.id === broken.id) throw new Error(`the hold of trade ${next.id} does not fit its state`);
    return market.trades.save(next, moves);
  };
  market.wait(31);

  await expect(expireTrades({ ...market, trades: { ...market.trades, save } })()).rejects.toThrow(broken.id);

  expect(await market.trades.get(whole.id)).toMatchObject({ state: 'expired' });
  expect(market.balance(seller)).toEqual({ availablePiconero: xmr('4'), heldPiconero: xmr('1') });
});

/** A market whose seller or buyer has a second factor; `codes` are recovery codes of that account. */
async function aGuardedMarket(guarded: 'seller' | 'buyer') {
  const world = accountsWorld();
  const { caller, recoveryCodes: codes } = await world.registerWithTotp('guarded');
  const changes = guarded === 'seller' ? { ownerId: caller.accountId } : {};
  const market = await aMarket(changes, '5', { stepUp: world.stepUp, factors: world.ports.factors });
  if (guarded === 'seller') await market.give(caller, '5');
  const taker = guarded === 'buyer' ? caller : buyer;
  const begin = async () =>
    started(await market.startTrade({ offerId: market.offer.id, amountFiat: '150.00' }, taker, remember)).id;
  return { market, caller, taker, codes, begin };
}

const REQUIRED = { refused: 'second_factor_required' };
const WRONG = { refused: 'wrong_second_factor' };

test('the seller who has a second factor releases with a code, which is then spent', async () => {
  const { market, caller, codes, begin } = await aGuardedMarket('seller');
  const [first, second] = [await begin(), await begin()];
  for (const tradeId of [first, second]) await market.confirmPaymentSent({ tradeId }, buyer);
  expect(await market.confirmPaymentReceived({ tradeId: first }, caller)).toEqual(REQUIRED);
  expect(await market.confirmPaymentReceived({ tradeId: first, code: 'no' }, caller)).toEqual(WRONG);
  expect(market.balance(buyer).availablePiconero).toBe(0n);

  const code = codes[0]!;
  expect(await market.confirmPaymentReceived({ tradeId: first, code }, caller)).toMatchObject({
    state: 'completed',
  });
  expect(await market.confirmPaymentReceived({ tradeId: second, code }, caller)).toEqual(WRONG);
});

test('a step that is done asks for no code', async () => {
  const { market, caller, codes, begin } = await aGuardedMarket('seller');
  const tradeId = await begin();
  await market.confirmPaymentSent({ tradeId }, buyer);
  const done = await market.confirmPaymentReceived({ tradeId, code: codes[0]! }, caller);
  expect(await market.confirmPaymentReceived({ tradeId }, caller)).toEqual(done);
});

test('whose turn it is comes before the second factor, and the state after it', async () => {
  const { market, caller, taker, begin } = await aGuardedMarket('seller');
  const tradeId = await begin();
  expect(await market.confirmPaymentReceived({ tradeId }, stranger)).toEqual({ refused: 'not_found' });
  expect(await market.cancelTrade({ tradeId }, caller)).toEqual({ refused: 'not_your_step' });
  expect(await market.confirmPaymentReceived({ tradeId }, taker)).toEqual({ refused: 'not_your_step' });
  expect(await market.confirmPaymentReceived({ tradeId }, caller)).toEqual(REQUIRED);
});

test('a step out of order leaves the code good', async () => {
  const { market, caller, codes, begin } = await aGuardedMarket('seller');
  const tradeId = await begin();
  const release = { tradeId, code: codes[0]! };
  const early = await market.confirmPaymentReceived(release, caller);
  expect(early).toEqual({ refused: 'out_of_order', state: 'awaiting_payment' });
  await market.confirmPaymentSent({ tradeId }, buyer);
  expect(await market.confirmPaymentReceived(release, caller)).toMatchObject({ state: 'completed' });
});

test('of one code on many trades at once, one is released', async () => {
  const { market, caller, codes, begin } = await aGuardedMarket('seller');
  const trades = [await begin(), await begin(), await begin()];
  for (const tradeId of trades) await market.confirmPaymentSent({ tradeId }, buyer);
  const answers = await Promise.all(
    trades.map((tradeId) => market.confirmPaymentReceived({ tradeId, code: codes[0]! }, caller)),
  );
  expect(answers.filter(isRefusal)).toEqual([WRONG, WRONG]);
});

test('the buyer cancels without a code before the payment was sent, and with one after', async () => {
  const { market, caller, codes, begin } = await aGuardedMarket('buyer');
  const [unpaid, paid] = [await begin(), await begin()];
  expect(await market.cancelTrade({ tradeId: unpaid }, caller)).toMatchObject({ state: 'cancelled' });
  await market.confirmPaymentSent({ tradeId: paid }, caller);
  expect(await market.cancelTrade({ tradeId: paid }, caller)).toEqual(REQUIRED);
  const cancelled = await market.cancelTrade({ tradeId: paid, code: codes[0]! }, caller);
  expect(cancelled).toMatchObject({ state: 'cancelled' });
  expect(await market.cancelTrade({ tradeId: paid }, caller)).toEqual(cancelled);
});

test('a cancellation that the payment overtook asks for the code', async () => {
  const { market, caller, begin } = await aGuardedMarket('buyer');
  const tradeId = await begin();
  const [, cancelled] = await Promise.all([
    market.confirmPaymentSent({ tradeId }, caller),
    market.cancelTrade({ tradeId }, caller),
  ]);
  expect(cancelled).toEqual(REQUIRED);
});

test('a seller whose balance is below zero, after the chain took a deposit back, cannot be traded with', async () => {
  const { books, balance, startTrade, offer, clock } = await aMarket({}, '5');
  books.apply([
    transfer({
      id: 'reversal' as TransferId,
      kind: 'deposit_reversal',
      debit: userAccount(seller.accountId),
      credit: houseAccount('deposits'),
      amountPiconero: xmr('6'),
      createdAt: clock.now(),
    }),
  ]);
  expect(balance(seller).availablePiconero).toBe(-xmr('1'));
  const taken = await startTrade({ offerId: offer.id, amountFiat: '15.00' }, buyer, remember);
  expect(taken).toMatchObject({ refused: 'insufficient_funds' });
  expect(balance(seller)).toEqual({ availablePiconero: -xmr('1'), heldPiconero: 0n });
});
