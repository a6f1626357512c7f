import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import moneroTs from 'monero-ts';
import { ExactConnection } from './exact-amounts.ts';

const ANSWER =
  '{"id":"0","jsonrpc":"2.0","result":{"amount":9100000000000001,"fee":30160000,"tx_hash":"ab"}}';

let server: Server;
let uri: string;
let sent: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    sent = '';
    for await (const chunk of request) sent += chunk;
    response.setHeader('connection', 'close').end(ANSWER);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

async function pay(connection: InstanceType<typeof moneroTs.MoneroRpcConnection>) {
  const wallet = await moneroTs.connectToWalletRpc({ server: connection });
  return wallet.createTx({
    accountIndex: 0,
    address: '4to',
    amount: 9_100_000_000_000_001n,
    canSplit: false,
  });
}

test('amounts reach wallet-rpc as JSON numbers and come back exact, above 2^53 as well', async () => {
  const transaction = await pay(new ExactConnection(uri));
  expect(sent).toContain('"amount":9100000000000001}');
  expect(transaction.getOutgoingTransfer().getAmount()).toBe(9_100_000_000_000_001n);
  expect(transaction.getFee()).toBe(30_160_000n);
});

test('bigints anywhere in the parameters of a call go out as numbers; other strings stay strings', async () => {
  const params = { below_amount: 7n, nested: [{ min_height: 5n }], hex: '123', none: null };
  await new ExactConnection(uri).sendJsonRequest('sweep_all', params);
  expect(JSON.parse(sent).params).toEqual({
    below_amount: 7,
    nested: [{ min_height: 5 }],
    hex: '123',
    none: null,
  });
});

// When this fails, monero-ts sends numbers itself: delete exact-amounts.ts and use moneroTs.MoneroRpcConnection.
test('monero-ts by itself still sends amounts as strings, so the correction is needed', async () => {
  await pay(new moneroTs.MoneroRpcConnection(uri));
  expect(sent).toContain('"amount":"9100000000000001"');
});
