import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoHalts } from '#adapters/dynamodb/halts.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoPayerLease } from '#adapters/dynamodb/payer-lease.ts';
import { dynamoWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { ulids } from '#adapters/system/ids.ts';
import type { Caller } from '#core/caller.ts';
import type { WithdrawalId } from '#core/ids.ts';
import { type Piconero, parseXmr } from '#core/money/xmr.ts';
import { isRefusal } from '#core/refusal.ts';
import type { StepUp } from '#core/step-up.ts';
import { later } from '#core/time.ts';
import { WalletUnavailable } from '#core/unavailable.ts';
import { SMALLEST_WITHDRAWAL_PICONERO } from '#core/withdrawals/limits.ts';
import { LEASE_MS, payWithdrawal } from '#core/withdrawals/pay-withdrawal.ts';
import { requestWithdrawal } from '#core/withdrawals/request-withdrawal.ts';
import { invoke, mine } from '#tests/helpers/chain.ts';
import { killedAt } from '#tests/helpers/faulty.ts';
import { payee } from '#tests/helpers/payee.ts';
import { payerIsIdle } from '#tests/helpers/payer.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { storeParts } from '#tests/helpers/store-parts.ts';

const variable = (name: string) => process.env[name]!;
const client = documentClient();
const payments = variable('PAYMENTS_TABLE');
const log = { debug() {}, info() {}, warn() {}, error() {} };

/** The step-up of an account without a second factor. */
const withoutSecondFactor: StepUp = (_caller, _code, effect) => effect(undefined);

/** The clock of a payer whose lease has ended when it dies, as if a minute had passed. */
const aMinuteAgo = { now: () => later(systemClock.now(), -LEASE_MS - 1) };

/** A payer in this process, over the real tables, wallet and node. */
const payer = () => ({
  withdrawals: dynamoWithdrawals(
    client,
    { payments, ledger: variable('LEDGER_TABLE'), halts: variable('HALTS_TABLE') },
    storeParts({ events: variable('EVENTS_TABLE'), notices: variable('NOTICES_TABLE') }),
  ),
  halts: dynamoHalts(client, variable('HALTS_TABLE')),
  lease: dynamoPayerLease(client, payments, aMinuteAgo),
  wallet: houseWallet({
    url: variable('MONERO_WALLET_RPC_URL'),
    user: variable('MONERO_WALLET_RPC_USER'),
    password: variable('MONERO_WALLET_RPC_PASSWORD'),
  }),
  node: moneroNode(variable('MONERO_NODE_URL')),
  network: 'regtest' as const,
  clock: aMinuteAgo,
  ids: ulids(systemClock),
  log,
});

/** Requests a withdrawal as the API does, without a message to the queue, because the story runs its own payer. */
async function queuedFor(someone: Person, address: string): Promise<WithdrawalId> {
  const { id: accountId } = await someone.getMe();
  const asked = { address, amountXmr: parseXmr('1') as Piconero };
  const { idempotencyKey: key } = aKey();
  const remember = () => ({
    accountId,
    operation: 'requestWithdrawal',
    key,
    fingerprint: '',
    status: 202,
    body: '{}',
  });
  const ports = {
    ...payer(),
    clock: systemClock,
    addresses: dynamoAddresses(client, payments),
    heartbeats: dynamoHeartbeats(client, payments),
    ledger: dynamoLedger(client, variable('LEDGER_TABLE')),
    queue: { send: async () => {} },
    stepUp: withoutSecondFactor,
    smallestPiconero: SMALLEST_WITHDRAWAL_PICONERO,
  };
  const result = await requestWithdrawal(ports)(asked, { accountId } as Caller, { remember });
  if (isRefusal(result)) throw new Error(result.refused);
  return result.id;
}

beforeEach(payerIsIdle, 30_000);

const MORTAL = ['withdrawals', 'lease', 'wallet', 'node'] as const;

test.each([
  ['before it keeps what it prepared', { call: 'withdrawals.saveAsPrepared', when: 'before' }],
  ['between preparing and relaying', { call: 'wallet.relay', when: 'before' }],
  ['between relaying and noting it', { call: 'wallet.relay', when: 'after' }],
] as const)('a payer that dies %s pays once', async (_, deadly) => {
  const someone = await person().then((one) => one.withFunds('2'));
  const address = await payee.newAddress();
  const id = await queuedFor(someone, address);

  await expect(payWithdrawal(killedAt(payer(), [...MORTAL], deadly))(id)).rejects.toThrow();
  await itIsPaidOnce(someone, id, address);
});

test('pays once if the reply of the wallet is lost after relaying', async () => {
  const someone = await person().then((one) => one.withFunds('2'));
  const address = await payee.newAddress();
  const id = await queuedFor(someone, address);

  const ports = payer();
  const { relay } = ports.wallet;
  ports.wallet.relay = async (payment) => {
    await relay(payment);
    throw new WalletUnavailable();
  };
  await payWithdrawal(ports)(id);
  await itIsPaidOnce(someone, id, address);
});

/** The next payer, started three times, and the schedule complete the payment. The chain has it once. */
async function itIsPaidOnce(someone: Person, id: WithdrawalId, address: string) {
  const message = (copy: number) => ({
    messageId: `copy-${copy}`,
    body: JSON.stringify({ withdrawalId: id }),
  });
  // Upper bound: one block until the wallet knows that the coins of the first try are spent, and ten confirmations.
  for (let round = 0; round < 4; round += 1) {
    for (const copy of [1, 2, 3]) await invoke('payWithdrawals', { Records: [message(copy)] });
    await mine(5);
    await invoke('followWithdrawals');
  }
  const { state, txid } = await someone.getWithdrawal({ withdrawalId: id });
  expect(state).toBe('confirmed');
  expect(await payee.arrivedAt(address)).toEqual([{ txid, amountXmr: '1' }]);
  expect((await someone.wallet()).heldXmr).toBe('0');
}
