import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsClient } from '#adapters/aws/client.ts';
import { ledgerWrites } from '#adapters/dynamodb/ledger-writes.ts';
import { transact } from '#adapters/dynamodb/transact.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { ulids } from '#adapters/system/ids.ts';
import type { AccountId, TransferId } from '#core/ids.ts';
import { hold, post, transfer, userAccount } from '#core/ledger/ledger.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { load, type Summary, summaryOf, type Timed } from './load.ts';
import { type EngineCall, unsent } from './plan.ts';
import { replay } from './replay.ts';

const ROUNDS = 4;
const CALLS_A_ROUND = 160;

export type Moved = { label: string; workers: number; ours: Summary; bare: Summary };

/**
 * Times ledger moves through the adapter, and the same transactions sent by a bare client. Both have the same
 * conditions on different items, and the rounds alternate.
 */
export async function moves(client: DynamoDBDocumentClient, table: string): Promise<Moved[]> {
  const engine = awsClient(DynamoDBClient, {});
  const found: Moved[] = [];
  for (const [label, steps] of [
    ['hold', [holding]],
    ['hold and post', [holding, posting]],
  ] as const) {
    for (const workers of [1, 16]) {
      const [ours, bare]: Timed[][] = [[], []];
      const each = CALLS_A_ROUND / workers;
      for (let round = 0; round < ROUNDS; round++) {
        const money = () => fresh(client, table);
        ours!.push(await load(workers, each, money, (_, one: Money) => run(client, table, steps, one)));
        // The same requests, built and not sent, so that the bare client is the first to send them.
        const plan = async () => {
          const one = await money();
          return unsent((silent) => run(silent, table, steps, one));
        };
        bare!.push(await load(workers, each, plan, (_, calls: EngineCall[][]) => replay(engine, calls)));
      }
      found.push({ label, workers, ours: summaryOf(ours!), bare: summaryOf(bare!) });
    }
  }
  engine.destroy();
  return found;
}

const ids = ulids(systemClock);
type Money = ReturnType<typeof openingOf>;
type Step = (money: Money) => Parameters<typeof ledgerWrites>[1];

const openingOf = (from: AccountId, to: AccountId) => ({
  id: ids.next<TransferId>(),
  kind: 'trade' as const,
  debit: userAccount(from),
  credit: userAccount(to),
  amountPiconero: asPiconero(1_000n),
  createdAt: systemClock.now(),
});

const holding: Step = (money) => [hold(money)];
const posting: Step = (money) => [post({ ...money, status: 'pending' }, money.createdAt)];

/** A new payer with the amount, and the transfer to make. */
async function fresh(client: DynamoDBDocumentClient, table: string): Promise<Money> {
  const money = openingOf(ids.next<AccountId>(), ids.next<AccountId>());
  const given = transfer({
    ...openingOf(ids.next(), ids.next()),
    credit: money.debit,
    debit: 'house:faucet',
  });
  await transact(client, ledgerWrites(table, [given]));
  return money;
}

async function run(client: DynamoDBDocumentClient, table: string, steps: readonly Step[], money: Money) {
  for (const step of steps) await transact(client, ledgerWrites(table, step(money)));
}
