import { Died, dying } from '#tests/helpers/faulty.ts';
import { OWNER, STRANGER, testWorld } from '#tests/helpers/world.ts';
import { closeOffer } from './close-offer.ts';
import { MAX_CHANGED_AT_ONCE } from './limits.ts';
import { pauseMyOffers } from './pause-my-offers.ts';
import { updateOffer } from './update-offer.ts';

function aMarket() {
  const world = testWorld();
  return {
    ...world,
    anOffer: () => world.publish({ ownerId: OWNER.accountId }),
    pause: () => pauseMyOffers(world.ports)({}, OWNER),
    close: closeOffer(world.ports),
    update: updateOffer(world.ports),
  };
}

test('pauses the open offers, and leaves paused and closed ones as they are', async () => {
  const { offers, anOffer, pause, close, update } = aMarket();
  const [open, paused, closed] = [await anOffer(), await anOffer(), await anOffer()];
  await update({ offerId: paused.id, version: 1, state: 'paused' }, OWNER);
  await close({ offerId: closed.id }, OWNER);
  const others = () => Promise.all([offers.get(paused.id), offers.get(closed.id)]);
  const before = await others();

  expect(await pause()).toEqual({ changed: 1 });

  expect(await offers.get(open.id)).toMatchObject({ state: 'paused', pausedTogether: true, version: 2 });
  expect(await others()).toEqual(before);
});

test('pausing again changes nothing', async () => {
  const { offers, anOffer, pause } = aMarket();
  const { id } = await anOffer();
  await pause();
  const paused = await offers.get(id);
  expect(await pause()).toEqual({ changed: 0 });
  expect(await offers.get(id)).toEqual(paused);
});

test('leaves the offers of other accounts open', async () => {
  const { ports, offers, anOffer } = aMarket();
  const { id } = await anOffer();
  expect(await pauseMyOffers(ports)({}, STRANGER)).toEqual({ changed: 0 });
  expect(await offers.get(id)).toMatchObject({ state: 'open' });
});

test('pauses an offer that was changed between reading and writing, and keeps that change', async () => {
  const { offers, anOffer, pause, update, between } = aMarket();
  const { id, version } = await anOffer();
  between('offers', 'get', () => update({ offerId: id, version, maxFiat: '50.00' }, OWNER));

  expect(await pause()).toEqual({ changed: 1 });

  expect(await offers.get(id)).toMatchObject({ state: 'paused', maxFiat: 5_000n, version: version + 2 });
});

test('an offer that was closed between reading and writing stays closed and does not count', async () => {
  const { offers, anOffer, pause, close, between } = aMarket();
  const { id } = await anOffer();
  between('offers', 'get', () => close({ offerId: id }, OWNER));
  expect(await pause()).toEqual({ changed: 0 });
  expect(await offers.get(id)).toMatchObject({ state: 'closed' });
});

test('one call changes a limited number of offers, and the next call goes on', async () => {
  const { offers, anOffer, pause } = aMarket();
  const made = MAX_CHANGED_AT_ONCE + 2;
  for (let n = 0; n < made; n++) await anOffer();
  expect(await pause()).toEqual({ changed: MAX_CHANGED_AT_ONCE });
  expect((await offers.newest({}, { limit: made })).items).toHaveLength(2);
  expect(await pause()).toEqual({ changed: 2 });
  expect(await pause()).toEqual({ changed: 0 });
});

test.each(['before', 'after'] as const)(
  'a call that dies %s any read or write is completed by the next call',
  async (when) => {
    for (let at = 1; ; at++) {
      const { ports, offers, anOffer, pause } = aMarket();
      const made = [await anOffer(), await anOffer()];
      const process = dying(ports, ['offers'], { at, when });
      const died = await pauseMyOffers(process.ports)({}, OWNER).then(
        () => false,
        (error) => error instanceof Died,
      );
      await pause();
      for (const { id } of made)
        expect(await offers.get(id)).toMatchObject({ state: 'paused', pausedTogether: true, version: 2 });
      if (!died) {
        expect(at).toBeGreaterThan(5);
        return;
      }
    }
  },
);
