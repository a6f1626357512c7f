import { FOLLOWING, OWNER, offersWorld } from '#tests/helpers/offers-world.ts';
import type { OfferId } from '../ids.ts';
import { asPiconero } from '../money/xmr.ts';
import { createOffer } from './create-offer.ts';

test('stores no offer that follows a market without a price', async () => {
  const { market, offers, ports } = offersWorld();
  market.rate = undefined;
  expect(await createOffer(ports)(FOLLOWING, OWNER)).toMatchObject({ refused: 'price_unavailable' });
  expect(await offers.get('offer1' as OfferId)).toBeUndefined();
});

test('refuses an offer to sell while the balance is below zero, and accepts one to buy', async () => {
  const { balance, offers, ports } = offersWorld();
  balance.availablePiconero = asPiconero(-1n);
  expect(await createOffer(ports)(FOLLOWING, OWNER)).toMatchObject({ refused: 'insufficient_funds' });
  expect(await offers.get('offer1' as OfferId)).toBeUndefined();
  expect(await createOffer(ports)({ ...FOLLOWING, side: 'buy' }, OWNER)).toMatchObject({ side: 'buy' });
});

test('accepts an offer to sell with a balance of exactly zero', async () => {
  const { balance, ports } = offersWorld();
  balance.availablePiconero = asPiconero(0n);
  expect(await createOffer(ports)(FOLLOWING, OWNER)).toMatchObject({ side: 'sell' });
});
