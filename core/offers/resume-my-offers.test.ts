import { OWNER, testWorld } from '#tests/helpers/world.ts';
import type { OfferId } from '../ids.ts';
import { pauseMyOffers } from './pause-my-offers.ts';
import { resumeMyOffers } from './resume-my-offers.ts';
import { updateOffer } from './update-offer.ts';

function aMarket() {
  const world = testWorld();
  const { offers, ports, publish } = world;
  return {
    ...world,
    anOffer: (side: 'buy' | 'sell') => publish({ ownerId: OWNER.accountId, side }),
    pause: () => pauseMyOffers(ports)({}, OWNER),
    resume: () => resumeMyOffers(ports)({}, OWNER),
    update: updateOffer(ports),
    stateOf: async (id: OfferId) => (await offers.get(id))?.state,
  };
}

/** A market with an offer that pauseMyOffers paused, and one that its owner paused before. */
async function aPausedMarket() {
  const market = aMarket();
  const [together, alone] = [await market.anOffer('sell'), await market.anOffer('sell')];
  await market.update({ offerId: alone.id, version: 1, state: 'paused' }, OWNER);
  await market.pause();
  return { ...market, together: together.id, alone: alone.id };
}

test('opens exactly the offers that were paused together', async () => {
  const { offers, together, alone, stateOf, resume } = await aPausedMarket();
  expect(await resume()).toEqual({ changed: 1 });
  expect([await stateOf(together), await stateOf(alone)]).toEqual(['open', 'paused']);
  const { pausedTogether, version } = (await offers.get(together))!;
  expect([pausedTogether, version]).toEqual([undefined, 3]);
  expect(await resume()).toEqual({ changed: 0 });
});

test.each(['open', 'paused'] as const)(
  'an offer whose owner has set it to %s meanwhile stays so',
  async (state) => {
    const { update, together, stateOf, resume } = await aPausedMarket();
    await update({ offerId: together, version: 2, state }, OWNER);
    expect(await resume()).toEqual({ changed: 0 });
    expect(await stateOf(together)).toBe(state);
  },
);

test('opens an offer whose terms were changed while it was paused', async () => {
  const { offers, update, together, resume } = await aPausedMarket();
  await update({ offerId: together, version: 2, maxFiat: '50.00' }, OWNER);
  expect(await resume()).toEqual({ changed: 1 });
  expect(await offers.get(together)).toMatchObject({ state: 'open', maxFiat: 5_000n });
});

test('an offer to sell stays paused while the balance is below zero, an offer to buy opens', async () => {
  const { anOffer, pause, resume, overdraw, give, stateOf } = aMarket();
  const [buying, selling] = [await anOffer('buy'), await anOffer('sell')];
  await pause();
  await overdraw(OWNER, 1n);

  expect(await resume()).toEqual({ changed: 1 });
  expect([await stateOf(buying.id), await stateOf(selling.id)]).toEqual(['open', 'paused']);

  give(OWNER, 1n);
  expect(await resume()).toEqual({ changed: 1 });
  expect(await stateOf(selling.id)).toBe('open');
});
