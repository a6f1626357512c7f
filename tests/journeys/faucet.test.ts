import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoFaucet } from '#adapters/dynamodb/faucet.ts';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import type { ProblemError } from '#contract/client.ts';
import { audit } from '#core/audit/audit.ts';
import { asPiconero, PICONERO_PER_XMR } from '#core/money/xmr.ts';
import { readBooks } from '#sandbox/audit/books.ts';
import { invoke, mine } from '#tests/helpers/chain.ts';
import { exchange } from '#tests/helpers/exchange.ts';
import { aKey, people, person } from '#tests/helpers/person.ts';
import { storeParts } from '#tests/helpers/store-parts.ts';

const {
  LEDGER_TABLE = '',
  TRADES_TABLE = '',
  PAYMENTS_TABLE = '',
  PEOPLE_TABLE = '',
  EVENTS_TABLE = '',
  NOTICES_TABLE = '',
} = process.env;
const client = documentClient();
const faucet = dynamoFaucet(
  client,
  LEDGER_TABLE,
  storeParts({ events: EVENTS_TABLE, notices: NOTICES_TABLE }),
);

afterAll(async () => {
  // Later stories need the XMR that these took, so it is mined again.
  await mine(1);
  await invoke('watchDeposits');
  client.destroy();
});

/** Leaves so many XMR in the faucet, until the watcher counts again after the next block. */
async function leaveInFaucet(xmr: bigint) {
  const from = await faucet.stock();
  const change = asPiconero(xmr * PICONERO_PER_XMR - from.leftPiconero);
  expect(await faucet.restock({ from, change, height: from.height })).toBeUndefined();
}

/** Faults of the audit, with the house wallet included. */
async function auditedWithWallet(): Promise<string[]> {
  const {
    MONERO_WALLET_RPC_URL: url = '',
    MONERO_WALLET_RPC_USER: user = '',
    MONERO_WALLET_RPC_PASSWORD: password = '',
  } = process.env;
  const books = await readBooks(client, {
    ledger: LEDGER_TABLE,
    trades: TRADES_TABLE,
    payments: PAYMENTS_TABLE,
    people: PEOPLE_TABLE,
  });
  const { balancePiconero } = await houseWallet({ url, user, password }).status();
  return audit({ ...books, walletPiconero: balancePiconero });
}

test('the draws of all accounts together are at most the balance of the wallet', async () => {
  await leaveInFaucet(300n);
  const accounts = await people(6);
  const draws = accounts.flatMap((one) =>
    [...Array(10)].map(() => one.drawFaucet({ amountXmr: '10' }, aKey())),
  );
  const results = await Promise.allSettled(draws);
  const codes = results.flatMap((result) =>
    result.status === 'rejected' ? [(result.reason as ProblemError).problem?.code] : [],
  );
  expect(codes).toEqual(Array(30).fill('dependency_unavailable'));
  const wallets = await Promise.all(accounts.map((one) => one.wallet()));
  expect(wallets.reduce((sum, { availableXmr }) => sum + Number(availableXmr), 0)).toBe(300);
  expect((await faucet.stock()).leftPiconero).toBe(0n);
  expect(await auditedWithWallet()).toEqual([]);
}, 120_000);

test('an empty faucet answers with Retry-After, and mined blocks fill it', async () => {
  const someone = await person();
  await leaveInFaucet(25n);
  const draws = [...Array(5)].map(() => someone.drawFaucet({ amountXmr: '10' }, aKey()));
  const results = await Promise.allSettled(draws);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect(await someone.wallet()).toMatchObject({ availableXmr: '20' });

  const { accessToken } = someone.keys;
  const refused = await exchange('POST', '/sandbox/faucet', {
    headers: {
      authorization: `Bearer ${accessToken}`,
      'content-type': 'application/json',
      'idempotency-key': aKey().idempotencyKey,
    },
    body: JSON.stringify({ amountXmr: '10' }),
  });
  expect(refused).toMatchObject({ status: 503, body: { code: 'dependency_unavailable' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);

  await mine(1);
  await invoke('watchDeposits');
  expect(await someone.drawFaucet({ amountXmr: '10' }, aKey())).toMatchObject({ availableXmr: '30' });
}, 60_000);

test('each of ten simultaneous draws is answered with the balance after it, for ever', async () => {
  const someone = await person();
  const keys = [...Array(10)].map(aKey);
  const drawn = () => Promise.all(keys.map((key) => someone.drawFaucet({ amountXmr: '1' }, key)));
  const answers = await drawn();
  const balances = answers.map(({ availableXmr }) => Number(availableXmr)).sort((a, b) => a - b);
  expect(balances).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(await drawn()).toEqual(answers);
}, 60_000);
