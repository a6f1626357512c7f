import { BOB, granted, OWNER, STRANGER, testWorld, XMR } from '#tests/helpers/world.ts';
import type { PaymentAccountId } from '../ids.ts';
import { addPaymentAccount } from '../payment-accounts/add-payment-account.ts';
import { createOffer } from './create-offer.ts';
import { getOffer } from './get-offer.ts';
import { listMyOffers } from './list-my-offers.ts';
import { listOffers } from './list-offers.ts';
import { updateOffer } from './update-offer.ts';

const SEPA = { method: 'sepa', label: 'Bank', fields: { name: 'Ann B.', iban: 'DE89370400440532013000' } };
const WISE = { method: 'wise', label: 'Wise', fields: { name: 'Ann B.', contact: 'ann@example.org' } };
const SELLING = {
  side: 'sell' as const,
  currency: 'EUR',
  price: { kind: 'market' as const, marginBp: 0 },
  minFiat: '10.00',
  maxFiat: '100.00',
  methods: ['sepa', 'wise', 'pigeon post'],
  paymentWindowMinutes: 30,
};

async function aSeller() {
  const world = testWorld();
  const { ports } = world;
  // Enough for the smallest trade, because the market lists no other offers.
  world.give(OWNER, XMR);
  const add = async (given: typeof SEPA | typeof WISE, caller = OWNER) =>
    granted(await addPaymentAccount(ports)(given, caller)).id;
  const [sepa, wise, another] = [await add(SEPA), await add(WISE), await add(SEPA)];
  const foreign = await add(SEPA, BOB);
  return {
    ...world,
    sepa,
    wise,
    another,
    foreign,
    create: createOffer(ports),
    update: updateOffer(ports),
    mine: async () => (await listMyOffers(ports)({ page: { limit: 10 } }, OWNER)).items,
  };
}

const refusedAt = (...errors: [path: string, message: string][]) => ({
  refused: 'invalid_request',
  errors: errors.map(([path, message]) => ({ path, message })),
});

test('an offer names payment accounts, which only its owner sees', async () => {
  const { create, mine, ports, offers, sepa, wise } = await aSeller();
  const named = { paymentAccountIds: [wise, sepa] };
  const offer = granted(await create({ ...SELLING, ...named }, OWNER));
  expect(offer).toMatchObject(named);
  expect(await mine()).toMatchObject([named]);
  expect(await offers.get(offer.id)).toMatchObject({
    paymentAccounts: [
      { method: 'wise', id: wise },
      { method: 'sepa', id: sepa },
    ],
  });
  const seen = [
    await getOffer(ports)({ offerId: offer.id }),
    granted(await listOffers(ports)({ page: { limit: 10 } })).items[0],
  ];
  for (const one of seen) expect(one).not.toHaveProperty('paymentAccountIds');
});

test('an offer need not name any, also for a method with fields', async () => {
  const { create, mine } = await aSeller();
  expect(await create(SELLING, OWNER)).not.toHaveProperty('paymentAccountIds');
  expect(await create({ ...SELLING, paymentAccountIds: [] }, OWNER)).not.toHaveProperty('paymentAccountIds');
  expect(await mine()).toHaveLength(2);
});

test('refuses each payment account that does not fit, under its place', async () => {
  const { create, mine, sepa, wise, another, foreign } = await aSeller();
  const paymentAccountIds = [sepa, 'unknown' as PaymentAccountId, foreign, another, wise];
  expect(await create({ ...SELLING, methods: ['sepa'], paymentAccountIds }, OWNER)).toEqual(
    refusedAt(
      ['paymentAccountIds.1', 'is not one of your payment accounts'],
      ['paymentAccountIds.2', 'is not one of your payment accounts'],
      ['paymentAccountIds.3', 'is for the same payment method as one before it'],
      ['paymentAccountIds.4', 'is for a payment method that the offer does not have'],
    ),
  );
  expect(await create({ ...SELLING, side: 'buy', paymentAccountIds: [sepa] }, OWNER)).toEqual(
    refusedAt(['paymentAccountIds', 'only an offer to sell names payment accounts']),
  );
  expect(await mine()).toEqual([]);
});

test('a change names others, keeps them, or drops those of methods that go', async () => {
  const { create, update, sepa, wise, another, foreign } = await aSeller();
  const offer = granted(await create({ ...SELLING, paymentAccountIds: [sepa, wise] }, OWNER));
  const { id: offerId } = offer;
  expect(await update({ offerId, version: 1, terms: 'be quick' }, OWNER)).toMatchObject({
    paymentAccountIds: [sepa, wise],
  });
  expect(await update({ offerId, version: 2, paymentAccountIds: [another] }, OWNER)).toMatchObject({
    paymentAccountIds: [another],
  });
  expect(await update({ offerId, version: 3, paymentAccountIds: [foreign] }, OWNER)).toEqual(
    refusedAt(['paymentAccountIds.0', 'is not one of your payment accounts']),
  );
  const dropped = granted(await update({ offerId, version: 3, methods: ['wise'] }, OWNER));
  expect(dropped).not.toHaveProperty('paymentAccountIds');
  granted(await update({ offerId, version: 4, paymentAccountIds: [wise] }, OWNER));
  const none = granted(await update({ offerId, version: 5, paymentAccountIds: [] }, OWNER));
  expect(none).not.toHaveProperty('paymentAccountIds');
  expect(await update({ offerId, version: 6, paymentAccountIds: [] }, STRANGER)).toMatchObject({
    refused: 'not_allowed',
  });
});
