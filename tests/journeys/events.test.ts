import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoOutbox } from '#adapters/dynamodb/outbox.ts';
import { asInstant } from '#core/time.ts';
import { invoke } from '#tests/helpers/chain.ts';
import { aKey, person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';
import { until } from '#tests/helpers/until.ts';

const EVENTS_TABLE = process.env.EVENTS_TABLE!;
const outbox = dynamoOutbox(documentClient(), EVENTS_TABLE);

const waiting = async (tradeId: string) =>
  (await outbox.pending(asInstant(Date.now() + 60_000), 1_000)).items.filter(
    (event) => 'tradeId' in event && event.tradeId === tradeId,
  );

/** A process that confirms a payment as the function does, and is killed between writing and delivering. */
const KILLED = `
const { documentClient } = await import('#adapters/dynamodb/client.ts');
const { dynamoTrades } = await import('#adapters/dynamodb/trades.ts');
const { confirmPaymentSent } = await import('#core/trades/confirm-payment-sent.ts');
const { later } = await import('#core/time.ts');
const { systemClock } = await import('#adapters/system/clock.ts');
const env = process.env;
const tables = {
  trades: env.TRADES_TABLE, ledger: env.LEDGER_TABLE, people: env.PEOPLE_TABLE, offers: env.OFFERS_TABLE,
};
const deliver = async () => process.kill(process.pid, 'SIGKILL');
const events = { table: env.EVENTS_TABLE, noticesTable: env.NOTICES_TABLE };
const parts = { events: { ...events, requestId: () => 'killed', deliver }, log: console };
const trades = dynamoTrades(documentClient(), tables, parts);
// As if the schedule came a minute later.
const clock = { now: () => later(systemClock.now(), -60_000) };
const trade = await trades.get(env.TRADE_ID);
const people = { getMany: async () => new Map() };
await confirmPaymentSent({ trades, people, clock })({ tradeId: trade.id }, { accountId: trade.buyerId });
`;

async function aTrade() {
  const [seller, buyer] = await Promise.all([person().then((one) => one.withFunds('2')), person()]);
  const offer = await anOffer(seller);
  const trade = await buyer.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey());
  return { seller, buyer, tradeId: trade.id };
}

test('delivers the events of a trade at once', async () => {
  const { seller, buyer, tradeId } = await aTrade();
  await buyer.confirmPaymentSent({ tradeId });
  await seller.confirmPaymentReceived({ tradeId });
  expect(await waiting(tradeId)).toEqual([]);
});

test('delivers the event of a process that is killed between writing and delivering', async () => {
  const { buyer, tradeId } = await aTrade();
  const killed = spawn(process.execPath, ['--input-type=module', '--eval', KILLED], {
    env: { ...process.env, TRADE_ID: tradeId },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);

  expect(await buyer.getTrade({ tradeId })).toMatchObject({ state: 'payment_sent' });
  expect(await waiting(tradeId)).toMatchObject([{ type: 'trade_payment_sent', requestId: 'killed' }]);
  await invoke('deliverEvents');
  await until(
    () => waiting(tradeId),
    (events) => events.length === 0,
  );
}, 60_000);
