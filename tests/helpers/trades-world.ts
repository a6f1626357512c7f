import { memoryBooks } from '#adapters/memory/books.ts';
import { memoryOffers } from '#adapters/memory/offers.ts';
import type { MemorySecondFactors } from '#adapters/memory/second-factors.ts';
import { memoryTrades } from '#adapters/memory/trades.ts';
import { audit } from '#core/audit/audit.ts';
import type { Caller } from '#core/caller.ts';
import type { Remember } from '#core/idempotency.ts';
import type { AccountId, OfferId, SessionId, TransferId } from '#core/ids.ts';
import { houseAccount, transfer, userAccount } from '#core/ledger/ledger.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import { type Piconero, parseXmr } from '#core/money/xmr.ts';
import type { Offer } from '#core/offers/offers.ts';
import { isRefusal, type Refusal } from '#core/refusal.ts';
import type { StepUp } from '#core/step-up.ts';
import { asInstant, MINUTE_MS } from '#core/time.ts';
import { cancelTrade } from '#core/trades/cancel-trade.ts';
import { confirmPaymentReceived } from '#core/trades/confirm-payment-received.ts';
import { confirmPaymentSent } from '#core/trades/confirm-payment-sent.ts';
import { startTrade } from '#core/trades/start-trade.ts';
import type { TradeView } from '#core/trades/views.ts';
import { accountsWorld } from './accounts-world.ts';
import { NO_SECOND_FACTOR } from './payments-world.ts';

export const xmr = (text: string) => parseXmr(text) as Piconero;

const person = (name: string): Caller => ({ accountId: name as AccountId, sessionId: 's' as SessionId });
export const SELLER = person('seller');
export const BUYER = person('buyer');
export const STRANGER = person('stranger');

let keys = 0;
const remember: Remember<TradeView> = () => ({
  accountId: BUYER.accountId,
  operation: 'startTrade',
  key: `${++keys}`,
  fingerprint: '',
  status: 201,
  body: '',
});

/** The `call` of a request with an idempotency key of its own. */
export const KEYED = { remember };

/** The trade of a use case's result, which must be no refusal. */
export function started(result: TradeView | Refusal): TradeView {
  if (isRefusal(result)) throw new Error(result.refused);
  return result;
}

type Wanted = {
  /** Fields of the offer that differ from the usual one. */
  offer?: Partial<Offer>;
  /** XMR that the seller owns at first. */
  sellerHas?: string;
  stepUp?: StepUp;
  factors?: MemorySecondFactors;
};

/** The seller's open offer of XMR at 150.00 EUR, in memory, and the use cases of trades. */
export async function tradesWorld({
  offer: changes = {},
  sellerHas = '5',
  stepUp = NO_SECOND_FACTOR,
  factors,
}: Wanted = {}) {
  let time = 1_000_000;
  let made = 0;
  const clock = { now: () => asInstant(time) };
  const ids = { next: <T extends string>() => `id${String(++made).padStart(6, '0')}` as T };
  const books = memoryBooks();
  const offers = memoryOffers();
  const trades = memoryTrades(books, offers, undefined, factors);
  const prices = { rate: async () => undefined };
  const people = { getMany: async () => new Map() };
  const ports = { trades, offers, prices, people, stepUp, clock, ids };
  const offer: Offer = {
    id: 'offer' as OfferId,
    ownerId: SELLER.accountId,
    side: 'sell',
    currency: 'EUR',
    price: { kind: 'fixed', fiatPerXmr: asMinorUnits(15_000n) },
    minFiat: asMinorUnits(1_000n),
    maxFiat: asMinorUnits(100_000n),
    methods: ['sepa'],
    paymentWindowMinutes: 30,
    state: 'open',
    version: 1,
    createdAt: clock.now(),
    updatedAt: clock.now(),
    ...changes,
  };
  await offers.add(offer);
  const give = (to: Caller, amount: string) =>
    books.apply([
      transfer({
        id: ids.next<TransferId>(),
        kind: 'faucet',
        debit: houseAccount('faucet'),
        credit: userAccount(to.accountId),
        amountPiconero: xmr(amount),
        createdAt: clock.now(),
      }),
    ]);
  give(SELLER, sellerHas);
  return {
    ports,
    books,
    offers,
    trades,
    offer,
    give,
    balance: (of: Caller) => books.balance(userAccount(of.accountId)),
    startTrade: startTrade(ports),
    confirmPaymentSent: confirmPaymentSent(ports),
    confirmPaymentReceived: confirmPaymentReceived(ports),
    cancelTrade: cancelTrade(ports),
    wait: (minutes: number) => {
      time += minutes * MINUTE_MS;
    },
    /** Fails if the stored trades and transfers break an invariant of the ledger. */
    async expectTheLedgerToBalance() {
      const { items } = await trades.ofParty(SELLER.accountId, { limit: 100 });
      const transfers = [...books.transfers.values()];
      const faults = audit({ ...books, transfers, trades: items, withdrawals: [], deposits: [] });
      expect(faults).toEqual([]);
    },
  };
}

/** A world whose seller or buyer has a second factor. `codes` are recovery codes of that account. */
export async function guardedTradesWorld(guarded: 'seller' | 'buyer') {
  const accounts = accountsWorld();
  const { caller, recoveryCodes: codes } = await accounts.registerWithTotp('guarded');
  const world = await tradesWorld({
    offer: guarded === 'seller' ? { ownerId: caller.accountId } : {},
    stepUp: accounts.stepUp,
    factors: accounts.ports.factors,
  });
  if (guarded === 'seller') world.give(caller, '5');
  const taker = guarded === 'buyer' ? caller : BUYER;
  const begin = async () => {
    const taking = { offerId: world.offer.id, amountFiat: '150.00' };
    return started(await world.startTrade(taking, taker, KEYED)).id;
  };
  return { ...world, caller, taker, codes, begin };
}
