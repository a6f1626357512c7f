import { memoryOffers } from '#adapters/memory/offers.ts';
import type { Caller } from '../caller.ts';
import type { AccountId, OfferId, SessionId } from '../ids.ts';
import { asMinorUnits } from '../money/fiat.ts';
import { asPiconero } from '../money/xmr.ts';
import { isRefusal } from '../refusal.ts';
import { asInstant } from '../time.ts';
import type { Rate } from './offers.ts';
import { offerUseCases } from './use-cases.ts';

const owner: Caller = { accountId: 'owner' as AccountId, sessionId: 's' as SessionId };
const following = {
  ...{ side: 'sell' as const, currency: 'EUR', price: { kind: 'market' as const, marginBp: 100 } },
  ...{ minFiat: '10.00', maxFiat: '100.00', methods: ['sepa'], paymentWindowMinutes: 30 },
};

function aMarket() {
  const now = asInstant(1_000_000);
  const wallet = { availablePiconero: asPiconero(0n), heldPiconero: asPiconero(0n) };
  const market: { rate: Rate | undefined } = {
    rate: { currency: 'EUR', fiatPerXmr: asMinorUnits(15_000n), source: 'test', at: now },
  };
  let made = 0;
  const offers = memoryOffers();
  const ports = {
    offers,
    prices: { rate: async () => market.rate },
    people: { getMany: async () => new Map() },
    ledger: { balance: async () => wallet },
    clock: { now: () => now },
    ids: { next: <T extends string>() => `offer${++made}` as T },
  };
  return { market, wallet, offers, ...offerUseCases(ports) };
}

async function anOffer({ createOffer }: Pick<ReturnType<typeof aMarket>, 'createOffer'>) {
  const offer = await createOffer(following, owner);
  if (isRefusal(offer)) throw new Error(offer.refused);
  return offer;
}

test('without a market price, an offer that follows it is not put up: a refusal means that nothing happened', async () => {
  const { market, offers, createOffer } = aMarket();
  market.rate = undefined;
  expect(await createOffer(following, owner)).toMatchObject({ refused: 'price_unavailable' });
  expect(await offers.get('offer1' as OfferId)).toBeUndefined();
});

test('without a market price, a change that is refused has changed nothing', async () => {
  const { market, offers, ...uses } = aMarket();
  const { id, version } = await anOffer(uses);
  market.rate = undefined;
  const change = { offerId: id, version, maxFiat: '50.00' };
  expect(await uses.updateOffer(change, owner)).toMatchObject({ refused: 'price_unavailable' });
  expect(await offers.get(id)).toMatchObject({ version, maxFiat: 10_000n });
});

test('an offer is closed though it changes at the same moment, and closing it again is no error', async () => {
  const { offers, ...uses } = aMarket();
  const { id, version } = await anOffer(uses);
  const [, closed] = await Promise.all([
    uses.updateOffer({ offerId: id, version, maxFiat: '50.00' }, owner),
    uses.closeOffer({ offerId: id }, owner),
  ]);
  expect(closed).toBeUndefined();
  expect(await uses.closeOffer({ offerId: id }, owner)).toBeUndefined();
  expect(await offers.get(id)).toMatchObject({ state: 'closed' });
});

describe('while the balance is below zero, after the chain took a deposit back', () => {
  test('no offer to sell is put up or opened again, and one to buy is', async () => {
    const { wallet, offers, ...uses } = aMarket();
    const { id, version } = await anOffer(uses);
    await uses.updateOffer({ offerId: id, version, state: 'paused' }, owner);
    wallet.availablePiconero = asPiconero(-1n);

    expect(await uses.createOffer(following, owner)).toMatchObject({ refused: 'insufficient_funds' });
    expect(await offers.get('offer2' as OfferId)).toBeUndefined();
    const reopened = { offerId: id, version: version + 1, state: 'open' as const };
    expect(await uses.updateOffer(reopened, owner)).toMatchObject({ refused: 'insufficient_funds' });
    expect(await offers.get(id)).toMatchObject({ state: 'paused' });
    expect(await uses.createOffer({ ...following, side: 'buy' }, owner)).toMatchObject({ side: 'buy' });
  });

  test('an open offer to sell can still be changed, paused and closed', async () => {
    const { wallet, offers, ...uses } = aMarket();
    const { id, version } = await anOffer(uses);
    wallet.availablePiconero = asPiconero(-1n);
    expect(await uses.updateOffer({ offerId: id, version, maxFiat: '50.00' }, owner)).toMatchObject({
      maxFiat: '50.00',
    });
    expect(await uses.closeOffer({ offerId: id }, owner)).toBeUndefined();
  });

  test('with exactly zero it may be put up', async () => {
    const { wallet, createOffer } = aMarket();
    wallet.availablePiconero = asPiconero(0n);
    expect(await createOffer(following, owner)).toMatchObject({ side: 'sell' });
  });
});
