import { sandboxNode } from './chain/node.ts';
import { addressesOf } from './context.ts';
import { readSettings } from './settings/settings.ts';

const keyed = (tcpPort: number) => `http://127.0.0.1:${tcpPort}/the-key`;

test("the addresses to print are without the keys of another sandbox's ports", () => {
  const { own, tcpPorts } = readSettings({
    AWS_ENDPOINT_URL_DYNAMODB: keyed(1),
    AWS_ENDPOINT_URL_SQS: keyed(2),
    MONERO_NODE_URL: keyed(3),
    MONERO_WALLET_RPC_URL: keyed(4),
    MONERO_WALLET_RPC_USER: 'me',
    MONERO_WALLET_RPC_PASSWORD: 'hunter2',
  });
  expect(addressesOf({ own, tcpPorts })).toEqual({
    dynamodbUrl: 'http://127.0.0.1:1',
    queueUrl: 'http://127.0.0.1:2',
    nodeUrl: 'http://127.0.0.1:3',
    walletUrl: 'http://127.0.0.1:4',
  });
});

test('a node that does not answer is named without the key of its port', async () => {
  const asking = sandboxNode(keyed(9)).info();
  await expect(asking).rejects.toThrow(/^monerod does not answer at http:\/\/127\.0\.0\.1:9: /);
});
