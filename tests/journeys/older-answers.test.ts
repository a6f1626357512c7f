// Answers to idempotency keys as an older version stored them: they lack fields of today's contract.
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { idempotencyKey } from '#adapters/dynamodb/keys.ts';
import { aKey, type Person, people } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';

const { LEDGER_TABLE = '', PAYMENTS_TABLE = '', TRADES_TABLE = '' } = process.env;
const client = documentClient();
let seller: Person;
let buyer: Person;

beforeEach(async () => {
  const [one, other] = await people(2);
  [seller, buyer] = [await one!.withFunds('5'), other!];
});

afterAll(() => client.destroy());

type Stored = { table: string; operation: string; person: Person; key: { idempotencyKey: string } };

/** Replaces the stored answer by one that has these fields only. */
async function storeOlderAnswer({ table, operation, person, key }: Stored, older: object): Promise<void> {
  const { id } = await person.getMe();
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: idempotencyKey(id, operation, key.idempotencyKey),
      UpdateExpression: 'SET remembered.body = :body',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':body': JSON.stringify(older) },
    }),
  );
}

test('a repeated startTrade shows the trade with every field, and holds nothing again', async () => {
  const offer = await anOffer(seller);
  const [body, key] = [{ offerId: offer.id, amountXmr: '1' }, aKey()];
  const { allowedSteps, ...older } = await buyer.startTrade(body, key);
  await storeOlderAnswer({ table: TRADES_TABLE, operation: 'startTrade', person: buyer, key }, older);

  expect(await buyer.startTrade(body, key)).toEqual({ ...older, allowedSteps });
  expect(await seller.wallet()).toMatchObject({ availableXmr: '4', heldXmr: '1' });

  await buyer.cancelTrade({ tradeId: older.id });
});

test('a repeated requestWithdrawal shows the withdrawal with every field, and pays nothing again', async () => {
  const [body, key] = [{ address: await buyer.depositAddress(), amountXmr: '1' }, aKey()];
  const { internal, ...older } = await seller.requestWithdrawal(body, key);
  await storeOlderAnswer(
    { table: PAYMENTS_TABLE, operation: 'requestWithdrawal', person: seller, key },
    older,
  );

  expect(await seller.requestWithdrawal(body, key)).toEqual({ ...older, internal });
  expect(await buyer.wallet()).toMatchObject({ availableXmr: '1' });
});

test('a repeated drawFaucet shows the wallet with every field, and draws nothing again', async () => {
  const [body, key] = [{ amountXmr: '2' }, aKey()];
  const { network, ...older } = await buyer.drawFaucet(body, key);
  await storeOlderAnswer({ table: LEDGER_TABLE, operation: 'drawFaucet', person: buyer, key }, older);

  expect(await buyer.drawFaucet(body, key)).toEqual({ ...older, network });
  expect(await buyer.wallet()).toMatchObject({ availableXmr: '2' });
});
