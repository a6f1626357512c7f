import * as contract from '#contract/offers.ts';
import { onTheWire } from '#tests/helpers/wire.ts';
import { OWNER, testWorld } from '#tests/helpers/world.ts';
import type { AccountId } from '../ids.ts';
import { asMinorUnits } from '../money/fiat.ts';
import { getOffer } from './get-offer.ts';
import { listMyOffers } from './list-my-offers.ts';
import { listOffers } from './list-offers.ts';
import { listRates } from './list-rates.ts';

/** A market whose stored offer, person and rate have a field that the contract does not name. */
async function aMarketWithExtraFields() {
  const { ports, prices, clock, publish } = testWorld();
  const extra = { internalNote: 'secret' };
  const { id: offerId } = await publish({
    ownerId: OWNER.accountId,
    price: { kind: 'market', marginBp: 100 },
    ...extra,
  });
  const rate: typeof prices.rate = async (currency) => {
    const stored = await prices.rate(currency, clock.now());
    return stored && { ...stored, ...extra };
  };
  const person = { username: 'ann', tradesCompleted: 3, ...extra };
  const people = { getMany: async (ids: readonly AccountId[]) => new Map(ids.map((id) => [id, person])) };
  return { offerId, ports: { ...ports, people, prices: { ...prices, rate } } };
}

test('an offer on the wire has the fields of the contract and no other stored field', async () => {
  const { offerId, ports } = await aMarketWithExtraFields();
  const shown = {
    id: offerId,
    owner: { username: 'ann', tradesCompleted: 3 },
    side: 'sell',
    currency: 'EUR',
    price: { kind: 'market', marginBp: 100 },
    fiatPerXmr: '151.50',
    minFiat: '10.00',
    maxFiat: '1000.00',
    methods: ['sepa'],
    paymentWindowMinutes: 30,
    state: 'open',
    version: 1,
    createdAt: '2023-11-14T22:13:30.000Z',
    updatedAt: '2023-11-14T22:13:30.000Z',
  };
  const page = { limit: 10 };
  expect(onTheWire(contract.getOffer, await getOffer(ports)({ offerId }))).toEqual(shown);
  expect(onTheWire(contract.listOffers, await listOffers(ports)({ page }))).toEqual({ items: [shown] });
  expect(onTheWire(contract.listMyOffers, await listMyOffers(ports)({ page }, OWNER))).toEqual({
    items: [{ ...shown, listed: true }],
  });
});

test('the price of an offer has no stored field beside those of the contract', async () => {
  const { offerId, ports } = await aMarketWithExtraFields();
  const { offers } = ports;
  const price = { kind: 'fixed' as const, fiatPerXmr: asMinorUnits(14_000n), internalNote: 'secret' };
  await offers.add({ ...(await offers.get(offerId))!, price });
  expect(onTheWire(contract.getOffer, await getOffer(ports)({ offerId }))).toMatchObject({
    price: { kind: 'fixed', fiatPerXmr: '140.00' },
  });
});

test('a rate on the wire has the fields of the contract and no other stored field', async () => {
  const { ports } = await aMarketWithExtraFields();
  const { items } = onTheWire(contract.listRates, await listRates(ports)()) as { items: unknown[] };
  expect(items[0]).toEqual({
    currency: 'EUR',
    fiatPerXmr: '150.00',
    source: 'memory',
    at: '2023-11-14T22:13:30.000Z',
  });
});
