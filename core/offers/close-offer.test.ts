import { OWNER, offersWorld } from '#tests/helpers/offers-world.ts';
import { overtakenBy } from '#tests/helpers/overtaken.ts';
import { asPiconero } from '../money/xmr.ts';
import { closeOffer } from './close-offer.ts';
import { updateOffer } from './update-offer.ts';

test('closes an offer that was changed between reading and writing', async () => {
  const { offers, ports, anOffer } = offersWorld();
  const { id, version } = await anOffer();
  const change = () => updateOffer(ports)({ offerId: id, version, maxFiat: '50.00' }, OWNER);
  const overtaken = { ...ports, offers: overtakenBy(offers, change) };

  expect(await closeOffer(overtaken)({ offerId: id }, OWNER)).toBeUndefined();

  const closed = { state: 'closed', maxFiat: 5_000n, version: version + 2 };
  expect(await offers.get(id)).toMatchObject(closed);
});

test('closing an offer again changes nothing and is no error', async () => {
  const { offers, ports, anOffer } = offersWorld();
  const { id } = await anOffer();
  await closeOffer(ports)({ offerId: id }, OWNER);
  const closed = await offers.get(id);
  expect(await closeOffer(ports)({ offerId: id }, OWNER)).toBeUndefined();
  expect(await offers.get(id)).toEqual(closed);
});

test('closes an offer to sell while the balance is below zero', async () => {
  const { balance, ports, anOffer } = offersWorld();
  const { id } = await anOffer();
  balance.availablePiconero = asPiconero(-1n);
  expect(await closeOffer(ports)({ offerId: id }, OWNER)).toBeUndefined();
});
