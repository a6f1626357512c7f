import { OWNER, testWorld } from '#tests/helpers/world.ts';
import { updateOffer } from './update-offer.ts';

/** The owner's offer to sell, which follows the market. */
async function aMarket() {
  const world = testWorld();
  const { id: offerId, version } = await world.publish({
    ownerId: OWNER.accountId,
    price: { kind: 'market', marginBp: 100 },
  });
  return { ...world, offerId, version, update: updateOffer(world.ports) };
}

test('changes nothing when the changed offer has no market price', async () => {
  const { prices, offers, offerId, version, update } = await aMarket();
  const before = await offers.get(offerId);
  prices.clear('EUR');
  const change = { offerId, version, maxFiat: '50.00' };
  expect(await update(change, OWNER)).toMatchObject({ refused: 'price_unavailable' });
  expect(await offers.get(offerId)).toEqual(before);
});

test('refuses to reopen an offer to sell while the balance is below zero', async () => {
  const { overdraw, offers, offerId, version, update } = await aMarket();
  await update({ offerId, version, state: 'paused' }, OWNER);
  await overdraw(OWNER, 1n);
  const reopened = { offerId, version: version + 1, state: 'open' as const };
  expect(await update(reopened, OWNER)).toMatchObject({ refused: 'insufficient_funds' });
  expect(await offers.get(offerId)).toMatchObject({ state: 'paused' });
});

test('changes an open offer to sell while the balance is below zero', async () => {
  const { overdraw, offerId, version, update } = await aMarket();
  await overdraw(OWNER, 1n);
  const change = { offerId, version, maxFiat: '50.00' };
  expect(await update(change, OWNER)).toMatchObject({ maxFiat: '50.00' });
});

test('refuses a change of an older version, and one that is overtaken between reading and writing', async () => {
  const { between, offers, offerId, version, update } = await aMarket();
  const change = (maxFiat: string, of = version) => update({ offerId, version: of, maxFiat }, OWNER);
  between('offers', 'get', () => change('50.00'));
  expect(await change('60.00')).toEqual({ refused: 'changed_since' });
  expect(await change('70.00')).toEqual({ refused: 'changed_since' });
  expect(await offers.get(offerId)).toMatchObject({ maxFiat: 5_000n, version: version + 1 });
  expect(await change('80.00', version + 1)).toMatchObject({ maxFiat: '80.00' });
});
