import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { tradeKey } from '#adapters/dynamodb/keys.ts';
import type { OfferId, PaymentAccountId, TradeId } from '#core/ids.ts';
import { invoke } from '#tests/helpers/chain.ts';
import { expectProblem, pathsOf } from '#tests/helpers/expect-problem.ts';
import { aKey, type Person, people, person } from '#tests/helpers/person.ts';
import { rowsOf, TABLES } from '#tests/helpers/rows.ts';
import { anOffer } from '#tests/helpers/trade.ts';

const IBAN = 'FR1420041010050500013M02606';
const HOLDER = 'Petronella Quist';
const sepa = { method: 'sepa', label: 'Brown bank', fields: { name: HOLDER, iban: IBAN } };
const DETAILS = [
  { name: 'name', value: HOLDER },
  { name: 'iban', value: IBAN },
];
const client = documentClient();
afterAll(() => client.destroy());

let seller: Person;
let buyer: Person;
let paymentAccountId: PaymentAccountId;

beforeEach(async () => {
  const [one, other] = await people(2);
  [seller, buyer] = [await one!.withFunds('5'), other!];
  ({ id: paymentAccountId } = await seller.addPaymentAccount(sepa));
});

const anOfferWithAccount = () => anOffer(seller, { paymentAccountIds: [paymentAccountId] });
const take = (offerId: OfferId, key = aKey()) => buyer.startTrade({ offerId, amountXmr: '1' }, key);

test('the buyer sees where to pay and with which reference, and the seller sees the same', async () => {
  const offer = await anOfferWithAccount();
  expect(offer).toMatchObject({ paymentAccountIds: [paymentAccountId] });
  expect(await buyer.getOffer({ offerId: offer.id })).not.toHaveProperty('paymentAccountIds');

  const trade = await take(offer.id);
  const seen = { paymentDetails: DETAILS, reference: expect.stringMatching(/^[34679CDFGHJKMNPQRTWXY]{6}$/) };
  expect(trade).toMatchObject(seen);
  for (const party of [buyer, seller])
    expect(await party.getTrade({ tradeId: trade.id })).toEqual({
      ...trade,
      role: party === buyer ? 'buyer' : 'seller',
      allowedSteps: expect.anything(),
    });
  await expectProblem((await person()).getTrade({ tradeId: trade.id }), 404, 'not_found');
  await buyer.cancelTrade({ tradeId: trade.id });
});

test('a taker who sells names the payment account', async () => {
  const offer = await anOffer(buyer, { side: 'buy' });
  const taking = { offerId: offer.id, amountXmr: '1' };
  const foreign = (await buyer.addPaymentAccount(sepa)).id;
  for (const wrong of [foreign, 'unknown' as PaymentAccountId]) {
    const refused = seller.startTrade({ ...taking, paymentAccountId: wrong }, aKey());
    expect(pathsOf(await expectProblem(refused, 400, 'invalid_request'))).toEqual(['paymentAccountId']);
  }
  const trade = await seller.startTrade({ ...taking, paymentAccountId }, aKey());
  expect(await buyer.getTrade({ tradeId: trade.id })).toMatchObject({ paymentDetails: DETAILS });
  await buyer.cancelTrade({ tradeId: trade.id });
});

test('an offer names only payment accounts of its owner and methods', async () => {
  const wise = await seller.addPaymentAccount({
    method: 'wise',
    label: 'Wise',
    fields: { name: HOLDER, contact: 'q@pupero.test' },
  });
  const foreign = (await buyer.addPaymentAccount(sepa)).id;
  const paymentAccountIds = [foreign, wise.id, paymentAccountId, paymentAccountId];
  const refused = await expectProblem(anOffer(seller, { paymentAccountIds }), 400, 'invalid_request');
  expect(pathsOf(refused)).toEqual([0, 1, 3].map((at) => `paymentAccountIds.${at}`));
  const bought = anOffer(buyer, { side: 'buy', paymentAccountIds: [foreign] });
  expect(pathsOf(await expectProblem(bought, 400, 'invalid_request'))).toEqual(['paymentAccountIds']);
});

test('a change or removal of the payment account changes no running trade', async () => {
  const offer = await anOfferWithAccount();
  const { id: tradeId } = await take(offer.id);
  const fields = { name: 'Thief', iban: 'DE89370400440532013000' };
  await seller.updatePaymentAccount({ paymentAccountId, version: 1, fields });
  expect(await buyer.getTrade({ tradeId })).toMatchObject({ paymentDetails: DETAILS });
  await seller.removePaymentAccount({ paymentAccountId });
  expect(await buyer.getTrade({ tradeId })).toMatchObject({ paymentDetails: DETAILS });

  const later = await take(offer.id);
  expect(later).not.toHaveProperty('paymentDetails');
  for (const id of [tradeId, later.id]) await buyer.cancelTrade({ tradeId: id });
});

test('trades that start while the payment account is removed have its details or none', async () => {
  const offer = await anOfferWithAccount();
  const [trades, removed] = await Promise.all([
    Promise.all([1, 2, 3].map(() => take(offer.id))),
    seller.removePaymentAccount({ paymentAccountId }),
  ]);
  expect(removed).toBeUndefined();
  for (const trade of trades) {
    expect([JSON.stringify(DETAILS), undefined]).toContain(JSON.stringify(trade.paymentDetails));
    await buyer.cancelTrade({ tradeId: trade.id });
  }
});

test('trades of one seller that start at once have different references', async () => {
  const offer = await anOfferWithAccount();
  const takers = await people(5);
  const trades = await Promise.all(
    takers.map((taker) => taker.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey())),
  );
  expect(new Set(trades.map(({ reference }) => reference)).size).toBe(5);
  for (const [at, { id }] of trades.entries()) await takers[at]!.cancelTrade({ tradeId: id });
});

test('a repeated start shows the details again, and they are stored nowhere in the clear', async () => {
  const offer = await anOfferWithAccount();
  const key = aKey();
  const trade = await take(offer.id, key);
  expect(await take(offer.id, key)).toEqual(trade);
  for (const table of TABLES)
    for (const word of [IBAN, HOLDER, sepa.label])
      expect((await rowsOf(table)).filter((row) => row.includes(word))).toEqual([]);
  const { items } = await buyer.exportMe();
  expect(items).toContainEqual({ kind: 'trade', trade });
  await buyer.cancelTrade({ tradeId: trade.id });
});

/** Moves the end of a trade back by so many days, in the table. */
async function endedDaysAgo(tradeId: TradeId, days: number) {
  const at = Date.now() - days * 86_400_000;
  await client.send(
    new UpdateCommand({
      TableName: process.env.TRADES_TABLE,
      Key: tradeKey(tradeId),
      UpdateExpression: 'SET changedAt = :at, expirySk = :sk',
      ConditionExpression: 'attribute_exists(sealedDetails) AND attribute_exists(expirySk)',
      ExpressionAttributeValues: {
        ':at': at,
        ':sk': `${(at + 30 * 86_400_000).toString().padStart(15, '0')}#${tradeId}`,
      },
    }),
  );
}

test('the details are erased 30 days after the end, also from a repeated start', async () => {
  const offer = await anOfferWithAccount();
  const [oldKey, key] = [aKey(), aKey()];
  const [old, recent] = [await take(offer.id, oldKey), await take(offer.id, key)];
  for (const { id } of [old, recent]) await buyer.cancelTrade({ tradeId: id });
  await endedDaysAgo(old.id, 31);
  await endedDaysAgo(recent.id, 29);
  await invoke('erasePaymentDetails');

  expect(await buyer.getTrade({ tradeId: recent.id })).toMatchObject({ paymentDetails: DETAILS });
  expect(await buyer.getTrade({ tradeId: old.id })).not.toHaveProperty('paymentDetails');
  expect(await take(offer.id, oldKey)).not.toHaveProperty('paymentDetails');
  const stored = await rowsOf('TRADES_TABLE');
  const has = (tradeId: TradeId) =>
    stored.some((row) => row.includes(tradeId) && row.includes('sealedDetails'));
  expect([has(old.id), has(recent.id)]).toEqual([false, true]);
});

test('the details are erased with the account of the seller', async () => {
  const rich = await person();
  const account = await rich.addPaymentAccount(sepa);
  const offer = await anOffer(await rich.withFunds('1'), { paymentAccountIds: [account.id] });
  const { id: tradeId } = await take(offer.id);
  await buyer.confirmPaymentSent({ tradeId });
  await rich.confirmPaymentReceived({ tradeId });
  expect(await buyer.getTrade({ tradeId })).toMatchObject({ paymentDetails: DETAILS });
  await rich.deleteMe({ password: rich.password });
  expect(await buyer.getTrade({ tradeId })).not.toHaveProperty('paymentDetails');
  expect((await rowsOf('TRADES_TABLE')).filter((row) => row.includes('sealedDetails'))).not.toContainEqual(
    expect.stringContaining(tradeId),
  );
});
