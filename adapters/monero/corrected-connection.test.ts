import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import moneroTs from 'monero-ts';
import { CorrectedConnection } from './corrected-connection.ts';

const ANSWER =
  '{"id":"0","jsonrpc":"2.0","result":{"amount":9100000000000001,"fee":30160000,"tx_hash":"ab"}}';
const PATIENT_MS = 20_000;
const SHORT_MS = 300;

const SLOW_MS = 700;

/** A fake wallet-rpc with one answer for every call. It answers `slow` late, and `hangs` never. */
let server: Server;
let uri: string;
let sent: string;

beforeEach(async () => {
  server = createServer(async (request, response) => {
    sent = '';
    for await (const chunk of request) sent += chunk;
    if (sent.includes('slow')) await sleep(SLOW_MS);
    if (!sent.includes('hangs')) response.end(ANSWER);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

type Connection = InstanceType<typeof moneroTs.MoneroRpcConnection>;

const login = () => ({ uri, username: 'user', password: 'password' });
const corrected = () => new CorrectedConnection(login(), PATIENT_MS);
const uncorrected = () => new moneroTs.MoneroRpcConnection({ ...login(), timeoutMs: PATIENT_MS });

async function pay(connection: Connection) {
  const wallet = await moneroTs.connectToWalletRpc({ server: connection });
  return wallet.createTx({
    accountIndex: 0,
    address: '4to',
    amount: 9_100_000_000_000_001n,
    canSplit: false,
  });
}

async function callAfterOneThatHangs(connection: Connection, timeoutMs: number) {
  await connection.sendJsonRequest('first');
  await expect(connection.sendJsonRequest('hangs', {}, SHORT_MS)).rejects.toThrow('timed out');
  return connection.sendJsonRequest('later', {}, timeoutMs);
}

test('amounts reach wallet-rpc as JSON numbers and come back exact, above 2^53 as well', async () => {
  const transaction = await pay(corrected());
  expect(sent).toContain('"amount":9100000000000001}');
  expect(transaction.getOutgoingTransfer().getAmount()).toBe(9_100_000_000_000_001n);
  expect(transaction.getFee()).toBe(30_160_000n);
});

test('bigints anywhere in the parameters of a call go out as numbers; other strings stay strings', async () => {
  const params = { below_amount: 7n, nested: [{ min_height: 5n }], hex: '123', none: null };
  await corrected().sendJsonRequest('sweep_all', params);
  const expected = { below_amount: 7, nested: [{ min_height: 5 }], hex: '123', none: null };
  expect(JSON.parse(sent).params).toEqual(expected);
});

// If this test fails, monero-ts sends numbers by itself: then delete `exactly` in corrected-connection.ts.
test('monero-ts by itself still sends amounts as strings, so the correction is needed', async () => {
  await pay(uncorrected());
  expect(sent).toContain('"amount":"9100000000000001"');
});

test('a call without a reply ends in time, and the next one is answered', async () => {
  expect(await callAfterOneThatHangs(corrected(), PATIENT_MS)).toMatchObject({ id: '0' });
});

// The sandbox's payer and watcher are two connections of one process.
test('a call that waits for another connection’s slow one neither times out nor ends that one', async () => {
  await corrected().sendJsonRequest('first');
  const slow = corrected().sendJsonRequest('slow');
  await sleep(SHORT_MS / 3);
  const waiting = corrected().sendJsonRequest('later', {}, SHORT_MS);
  expect(await Promise.allSettled([slow, waiting])).toMatchObject([
    { status: 'fulfilled', value: { id: '0' } },
    { status: 'fulfilled', value: { id: '0' } },
  ]);
});

// If this test fails, monero-ts closes such a request by itself: then delete `Sockets.close` in
// corrected-connection.ts.
test('monero-ts by itself still waits for the one without a reply, so the correction is needed', async () => {
  const connection = uncorrected();
  await expect(callAfterOneThatHangs(connection, SHORT_MS)).rejects.toThrow('timed out');
  server.closeAllConnections();
  await connection.sendJsonRequest('until the connection ends');
});
