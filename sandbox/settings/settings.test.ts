import { resolve } from 'node:path';
import { readSettings } from './settings.ts';
import { tcpPortTable } from './tcp-ports.ts';

const refusalOf = (environment: NodeJS.ProcessEnv) => {
  try {
    return { read: readSettings(environment) };
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
};

test('with nothing set, the defaults hold', () => {
  const { tcpPorts, dataDir, mineEverySeconds, own } = readSettings({});
  expect(tcpPorts).toEqual({
    api: 8000,
    site: 5000,
    lambda: 3002,
    live: 3001,
    dynamodb: 8100,
    mail: 1025,
    queue: 9324,
    node: 18081,
    wallet: 18083,
  });
  expect({ dataDir, mineEverySeconds }).toEqual({ dataDir: resolve('.data'), mineEverySeconds: 5 });
  expect(own).toEqual({});
});

test('an empty variable counts as unset', () => {
  expect(readSettings({ PUPERO_API_PORT: '', MONERO_NODE_URL: '' })).toEqual(readSettings({}));
});

test('every wrong variable is named at once', () => {
  const wrong = {
    PUPERO_API_PORT: 'eight',
    PUPERO_SITE_PORT: '70000',
    PUPERO_MINE_EVERY_SECONDS: '-1',
    PUPERO_MIN_WITHDRAWAL_XMR: '1e-3',
    MONERO_NETWORK: 'mainnet',
    MONERO_NODE_URL: 'localhost:18081',
    AWS_ENDPOINT_URL_SQS: 'ftp://here',
    MONERO_WALLET_RPC_USER: 'me',
  };
  const lines = refusalOf(wrong) as string[];
  const named = lines.map((line) => line.trim().split(':')[0]).sort();
  expect(named).toEqual(
    [...Object.keys(wrong), 'MONERO_WALLET_RPC_PASSWORD']
      .filter((name) => name !== 'MONERO_WALLET_RPC_USER')
      .sort(),
  );
});

test.each(['MONERO_NODE_URL', 'AWS_ENDPOINT_URL_DYNAMODB', 'AWS_ENDPOINT_URL_SQS'])(
  'refuses a login in %s without repeating it',
  (name) => {
    const lines = refusalOf({ [name]: 'http://me:hunter2@127.0.0.1:18081' });
    expect(lines).toEqual([`  ${name}: must have no user and password in it`]);
  },
);

test('two parts on one port are named, with both variables', () => {
  expect(refusalOf({ PUPERO_SITE_PORT: '8000' })).toEqual([
    '  PUPERO_SITE_PORT: 8000 is already PUPERO_API_PORT',
  ]);
});

test("one's own wallet-rpc comes with its login", () => {
  const MONERO_WALLET_RPC_URL = 'http://127.0.0.1:28083';
  expect(refusalOf({ MONERO_WALLET_RPC_URL })).toHaveLength(2);
  const login = { MONERO_WALLET_RPC_USER: 'me', MONERO_WALLET_RPC_PASSWORD: 'secret' };
  const { own } = readSettings({ MONERO_WALLET_RPC_URL, ...login });
  expect(own.wallet).toEqual({ url: MONERO_WALLET_RPC_URL, user: 'me', password: 'secret' });
});

test.each(Object.values(tcpPortTable))('$variable moves $what', ({ variable }) => {
  expect(Object.values(readSettings({ [variable]: '7001' }).tcpPorts)).toContain(7001);
});
