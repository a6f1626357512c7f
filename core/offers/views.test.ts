import * as contract from '#contract/offers.ts';
import { OWNER, offersWorld } from '#tests/helpers/offers-world.ts';
import { onTheWire } from '#tests/helpers/wire.ts';
import type { AccountId } from '../ids.ts';
import { asMinorUnits } from '../money/fiat.ts';
import { getOffer } from './get-offer.ts';
import { listMyOffers } from './list-my-offers.ts';
import { listOffers } from './list-offers.ts';
import { listRates } from './list-rates.ts';

/** A market whose stored offer, person and rate have a field that the contract does not name. */
async function aMarketWithExtraFields() {
  const { market, offers, ports, anOffer } = offersWorld();
  const { id: offerId } = await anOffer();
  const extra = { internalNote: 'secret' };
  await offers.add({ ...(await offers.get(offerId))!, ...extra });
  market.rate = { ...market.rate!, ...extra };
  const person = { username: 'ann', tradesCompleted: 3, ...extra };
  const people = { getMany: async (ids: readonly AccountId[]) => new Map(ids.map((id) => [id, person])) };
  return { offerId, ports: { ...ports, people } };
}

test('an offer on the wire has the fields of the contract and no other stored field', async () => {
  const { offerId, ports } = await aMarketWithExtraFields();
  const shown = {
    id: 'offer1',
    owner: { username: 'ann', tradesCompleted: 3 },
    side: 'sell',
    currency: 'EUR',
    price: { kind: 'market', marginBp: 100 },
    fiatPerXmr: '151.50',
    minFiat: '10.00',
    maxFiat: '100.00',
    methods: ['sepa'],
    paymentWindowMinutes: 30,
    state: 'open',
    version: 1,
    createdAt: '1970-01-01T00:16:40.000Z',
    updatedAt: '1970-01-01T00:16:40.000Z',
  };
  const page = { limit: 10 };
  expect(onTheWire(contract.getOffer, await getOffer(ports)({ offerId }))).toEqual(shown);
  expect(onTheWire(contract.listOffers, await listOffers(ports)({ page }))).toEqual({ items: [shown] });
  expect(onTheWire(contract.listMyOffers, await listMyOffers(ports)({ page }, OWNER))).toEqual({
    items: [shown],
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
    source: 'test',
    at: '1970-01-01T00:16:40.000Z',
  });
});
