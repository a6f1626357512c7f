import { OWNER, STRANGER, testWorld } from '#tests/helpers/world.ts';
import type { OfferId } from '../ids.ts';
import { closeOffer } from './close-offer.ts';
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

test('changes the given fields of an offer, and keeps the others', async () => {
  const { offers, offerId, version, update, pass, clock } = await aMarket();
  const before = (await offers.get(offerId))!;
  pass(5);
  const change = { methods: ['wise'], terms: 'be quick', paymentWindowMinutes: 60, minFiat: '20.00' };
  expect(await update({ offerId, version, ...change, maxFiat: undefined }, OWNER)).toMatchObject(change);
  expect(await offers.get(offerId)).toEqual({
    ...before,
    ...change,
    minFiat: 2_000n,
    version: version + 1,
    updatedAt: clock.now(),
    cover: { isEnough: false, neededPiconero: 132_013_201_320n, marketFiatPerXmr: 15_000n, version: 1 },
  });
});

test('refuses a change that makes the terms wrong together', async () => {
  const { offers, offerId, version, update } = await aMarket();
  const refused = await update({ offerId, version, minFiat: '1000.01' }, OWNER);
  expect(refused).toMatchObject({ refused: 'amount_out_of_range', detail: 'minFiat is more than maxFiat' });
  expect(await offers.get(offerId)).toMatchObject({ version });
});

test('refuses to change a closed offer, one of another account, and one that does not exist', async () => {
  const { ports, offers, offerId, version, update } = await aMarket();
  const change = { offerId, version, maxFiat: '50.00' };
  expect(await update(change, STRANGER)).toEqual({ refused: 'not_allowed' });
  const unknown = { ...change, offerId: 'unknown' as OfferId };
  expect(await update(unknown, OWNER)).toEqual({ refused: 'not_found' });
  await closeOffer(ports)({ offerId }, OWNER);
  const closed = { ...change, version: version + 1 };
  expect(await update(closed, OWNER)).toEqual({ refused: 'offer_not_open', state: 'closed' });
  expect(await offers.get(offerId)).toMatchObject({ state: 'closed', version: version + 1 });
});

test('remembers the place of an offer whose price changed, and no other change', async () => {
  const { offers, offerId, version, update, pass, clock } = await aMarket();
  pass(10);
  await update({ offerId, version, maxFiat: '50.00' }, OWNER);
  expect(await offers.get(offerId)).not.toHaveProperty('earlierPlaces');
  pass(10);
  await update({ offerId, version: version + 1, price: { kind: 'market', marginBp: 200 } }, OWNER);
  expect(await offers.get(offerId)).toMatchObject({
    price: { marginBp: 200 },
    earlierPlaces: [{ price: { kind: 'market', marginBp: 100 }, from: 0, until: clock.now() }],
  });
});

test('reopens a paused offer of an owner without debt', async () => {
  const { offers, offerId, version, update } = await aMarket();
  await update({ offerId, version, state: 'paused' }, OWNER);
  const reopened = { offerId, version: version + 1, state: 'open' as const };
  expect(await update(reopened, OWNER)).toMatchObject({ state: 'open' });
  expect(await offers.get(offerId)).toMatchObject({ state: 'open', version: version + 2 });
});
