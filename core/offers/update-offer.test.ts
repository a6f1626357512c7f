import { OWNER, offersWorld } from '#tests/helpers/offers-world.ts';
import { asPiconero } from '../money/xmr.ts';
import { updateOffer } from './update-offer.ts';

test('changes nothing when the changed offer has no market price', async () => {
  const { market, offers, ports, anOffer } = offersWorld();
  const { id, version } = await anOffer();
  market.rate = undefined;
  const change = { offerId: id, version, maxFiat: '50.00' };
  expect(await updateOffer(ports)(change, OWNER)).toMatchObject({ refused: 'price_unavailable' });
  expect(await offers.get(id)).toMatchObject({ version, maxFiat: 10_000n });
});

test('refuses to reopen an offer to sell while the balance is below zero', async () => {
  const { balance, offers, ports, anOffer } = offersWorld();
  const { id, version } = await anOffer();
  await updateOffer(ports)({ offerId: id, version, state: 'paused' }, OWNER);
  balance.availablePiconero = asPiconero(-1n);
  const reopened = { offerId: id, version: version + 1, state: 'open' as const };
  expect(await updateOffer(ports)(reopened, OWNER)).toMatchObject({ refused: 'insufficient_funds' });
  expect(await offers.get(id)).toMatchObject({ state: 'paused' });
});

test('changes an open offer to sell while the balance is below zero', async () => {
  const { balance, ports, anOffer } = offersWorld();
  const { id, version } = await anOffer();
  balance.availablePiconero = asPiconero(-1n);
  expect(await updateOffer(ports)({ offerId: id, version, maxFiat: '50.00' }, OWNER)).toMatchObject({
    maxFiat: '50.00',
  });
});
