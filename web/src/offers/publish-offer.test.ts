import { Intent } from '../api/intent.ts';
import type { MyOffer } from '../api/things.ts';
import { type NewOffer, publishOffer } from './publish-offer.ts';

const OFFER: NewOffer = {
  side: 'sell',
  currency: 'EUR',
  price: { kind: 'fixed', fiatPerXmr: '150.00' },
  minFiat: '10.00',
  maxFiat: '400.00',
  methods: ['sepa'],
  paymentWindowMinutes: 60,
};

/** An API that stores offers, and loses the next answer of createOffer on request. */
function offersApi() {
  const stored: MyOffer[] = [];
  const api = {
    losesAnswer: false,
    stored,
    createOffer: async (offer?: NewOffer) => {
      const createdAt = new Date().toISOString();
      stored.unshift({ ...offer, id: `offer${stored.length}`, createdAt } as MyOffer);
      if (api.losesAnswer) throw new Error('no answer');
      return stored[0]!;
    },
    listMyOffers: async () => ({ items: stored }),
  };
  return api;
}

test('does not create a second offer after a lost answer', async () => {
  const api = offersApi();
  const intent = new Intent();
  api.losesAnswer = true;
  await expect(publishOffer(api, intent, OFFER)).rejects.toThrow('no answer');
  api.losesAnswer = false;
  await publishOffer(api, intent, OFFER);
  expect(api.stored).toHaveLength(1);
});

test('creates the offer after a request that never arrived, although an older equal one exists', async () => {
  const api = offersApi();
  api.stored.push({ ...OFFER, id: 'old', createdAt: '2024-01-01T00:00:00Z' } as MyOffer);
  const intent = new Intent();
  intent.attempt(OFFER);
  await publishOffer(api, intent, OFFER);
  expect(api.stored).toHaveLength(2);
});

test('creates an equal offer on purpose, and a changed one after a lost answer', async () => {
  const api = offersApi();
  const intent = new Intent();
  await publishOffer(api, intent, OFFER);
  await publishOffer(api, intent, OFFER);
  expect(api.stored).toHaveLength(2);
  api.losesAnswer = true;
  await expect(publishOffer(api, intent, OFFER)).rejects.toThrow('no answer');
  api.losesAnswer = false;
  await publishOffer(api, intent, { ...OFFER, price: { kind: 'market', marginBp: 0 } });
  expect(api.stored).toHaveLength(4);
});
