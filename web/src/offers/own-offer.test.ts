import type { OfferId } from '#core/ids.ts';
import type { Offer } from '../api/things.ts';
import { ownOffer } from './own-offer.ts';

const offer = (id: string) => ({ id, terms: `own ${id}` }) as Offer;

/** Two pages of own offers, and an offer of somebody else. */
const api = {
  listMyOffers: async (input?: { cursor?: string | undefined }) =>
    input?.cursor ? { items: [offer('c')] } : { items: [offer('a'), offer('b')], nextCursor: 'second' },
  getOffer: async ({ offerId }: { offerId: OfferId }) => ({ ...offer(offerId), terms: 'as others see it' }),
};

test.each([
  ['a', 'own a'],
  ['c', 'own c'],
  ['foreign', 'as others see it'],
])('finds offer %s on any page of the list, or as others see it', async (id, terms) => {
  expect(await ownOffer(api as never, id as OfferId)).toMatchObject({ id, terms });
});
