import { OWNER, STRANGER, testWorld } from '#tests/helpers/world.ts';
import type { OfferId } from '../ids.ts';
import { closeOffer } from './close-offer.ts';
import { updateOffer } from './update-offer.ts';

async function aMarket() {
  const world = testWorld();
  const { id: offerId, version } = await world.publish({ ownerId: OWNER.accountId });
  return { ...world, offerId, version, close: closeOffer(world.ports) };
}

test('closes an offer that was changed between reading and writing', async () => {
  const { ports, offers, offerId, version, close, between } = await aMarket();
  between('offers', 'get', () => updateOffer(ports)({ offerId, version, maxFiat: '50.00' }, OWNER));

  expect(await close({ offerId }, OWNER)).toBeUndefined();

  const closed = { state: 'closed', maxFiat: 5_000n, version: version + 2 };
  expect(await offers.get(offerId)).toMatchObject(closed);
});

test('closing an offer again changes nothing and is no error', async () => {
  const { offers, offerId, close } = await aMarket();
  await close({ offerId }, OWNER);
  const closed = await offers.get(offerId);
  expect(await close({ offerId }, OWNER)).toBeUndefined();
  expect(await offers.get(offerId)).toEqual(closed);
});

test('closes an offer to sell while the balance is below zero', async () => {
  const { offers, offerId, close, overdraw } = await aMarket();
  await overdraw(OWNER, 1n);
  expect(await close({ offerId }, OWNER)).toBeUndefined();
  expect(await offers.get(offerId)).toMatchObject({ state: 'closed' });
});

test('refuses to close an offer of another account, or one that does not exist', async () => {
  const { offers, offerId, close } = await aMarket();
  expect(await close({ offerId }, STRANGER)).toEqual({ refused: 'not_allowed' });
  expect(await close({ offerId: 'unknown' as OfferId }, OWNER)).toEqual({ refused: 'not_found' });
  expect(await offers.get(offerId)).toMatchObject({ state: 'open', version: 1 });
});
