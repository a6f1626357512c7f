import { memoryOffers } from '#adapters/memory/offers.ts';
import type { Caller } from '#core/caller.ts';
import type { AccountId, SessionId } from '#core/ids.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { createOffer } from '#core/offers/create-offer.ts';
import type { Rate } from '#core/offers/offers.ts';
import { isRefusal } from '#core/refusal.ts';
import { asInstant } from '#core/time.ts';

export const OWNER: Caller = { accountId: 'owner' as AccountId, sessionId: 's' as SessionId };

/** Terms of an offer to sell that follows the market. */
export const FOLLOWING = {
  side: 'sell' as const,
  currency: 'EUR',
  price: { kind: 'market' as const, marginBp: 100 },
  minFiat: '10.00',
  maxFiat: '100.00',
  methods: ['sepa'],
  paymentWindowMinutes: 30,
};

/** A market in memory. `market.rate` and the owner's `balance` can be set. */
export function offersWorld() {
  const now = asInstant(1_000_000);
  const balance = { availablePiconero: asPiconero(0n), heldPiconero: asPiconero(0n) };
  const market: { rate: Rate | undefined } = {
    rate: { currency: 'EUR', fiatPerXmr: asMinorUnits(15_000n), source: 'test', at: now },
  };
  let made = 0;
  const offers = memoryOffers();
  const ports = {
    offers,
    prices: { rate: async () => market.rate },
    people: { getMany: async () => new Map() },
    ledger: { balance: async () => balance },
    clock: { now: () => now },
    ids: { next: <T extends string>() => `offer${++made}` as T },
  };
  return {
    market,
    balance,
    offers,
    ports,
    async anOffer() {
      const offer = await createOffer(ports)(FOLLOWING, OWNER);
      if (isRefusal(offer)) throw new Error(offer.refused);
      return offer;
    },
  };
}
