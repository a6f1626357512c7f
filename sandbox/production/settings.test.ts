import { resolve } from 'node:path';
import { newDeploySecrets } from '#stage/deploy-secrets.ts';
import { readProduction } from './settings.ts';
import { warnings } from './warnings.ts';

const secrets = newDeploySecrets();
const read = (environment: Record<string, string> = {}) => readProduction({ ...secrets, ...environment });
const own = { MONERO_NODE_URL: 'http://127.0.0.1:28081', MONERO_WALLET_RPC_URL: 'http://127.0.0.1:28083' };

test('with nothing but secrets: a private chain, on loopback, in a folder of its own', () => {
  expect(read()).toMatchObject({
    network: 'regtest',
    dataDir: resolve('.prod'),
    mineEverySeconds: 5,
    own: {},
    secrets,
    front: { listen: '127.0.0.1', siteOrigin: 'http://localhost:5000', trustsProxy: false },
  });
  expect(read({ PUPERO_DATA_DIR: '', PUPERO_SITE_PORT: '5001' })).toMatchObject({
    dataDir: resolve('.prod'),
    front: { siteOrigin: 'http://localhost:5001' },
  });
});

test('what people see and who is listened to are variables', () => {
  const front = {
    PUPERO_LISTEN: '0.0.0.0',
    SITE_ORIGIN: 'https://pupero.example/',
    PUPERO_TRUST_PROXY: 'true',
  };
  expect(read(front).front).toEqual({
    listen: '0.0.0.0',
    siteOrigin: 'https://pupero.example',
    trustsProxy: true,
  });
});

test("one's own wallet-rpc takes its login from the secrets", () => {
  const { wallet, nodeUrl } = read({ MONERO_NETWORK: 'stagenet', ...own }).own;
  expect(nodeUrl).toBe(own.MONERO_NODE_URL);
  expect(wallet).toEqual({
    url: own.MONERO_WALLET_RPC_URL,
    user: secrets.MONERO_WALLET_RPC_USER,
    password: secrets.MONERO_WALLET_RPC_PASSWORD,
  });
});

test.each([
  [{ MONERO_NETWORK: 'moon' }, 'MONERO_NETWORK: must be one of regtest, testnet, stagenet, mainnet'],
  [{ MONERO_NETWORK: 'testnet' }, 'MONERO_NODE_URL: missing; on testnet'],
  [{ MONERO_NETWORK: 'testnet', ...own, MONERO_WALLET_RPC_URL: '' }, 'MONERO_WALLET_RPC_URL: missing'],
  [{ MONERO_NETWORK: 'mainnet', ...own }, 'I_ACCEPT_REAL_MONEY: must be yes on mainnet'],
  [{ MONERO_NETWORK: 'mainnet', ...own, I_ACCEPT_REAL_MONEY: 'true' }, 'I_ACCEPT_REAL_MONEY'],
  [{ PUPERO_LISTEN: 'localhost' }, 'PUPERO_LISTEN: must be an IP address'],
  [{ PUPERO_LISTEN: '203.0.113.9' }, 'PUPERO_LISTEN: is not an address of this machine'],
  [{ SITE_ORIGIN: 'pupero.example' }, 'SITE_ORIGIN: must be where people find the site'],
  [{ SITE_ORIGIN: 'https://pupero.example/market' }, 'SITE_ORIGIN'],
  [{ SITE_ORIGIN: 'ftp://pupero.example' }, 'SITE_ORIGIN'],
  [{ PUPERO_TRUST_PROXY: 'yes' }, 'PUPERO_TRUST_PROXY: must be true or false'],
  [{ PUPERO_API_PORT: 'eight' }, 'PUPERO_API_PORT'],
])('%j is refused by name', (environment, said) => expect(() => read(environment)).toThrow(said));

test('whatever is wrong is named at once', () => {
  const wrong = { TOTP_KEY: 'x', PUPERO_LISTEN: 'x', PUPERO_SITE_PORT: 'x' };
  const refused = () => read(wrong);
  for (const name of Object.keys(wrong)) expect(refused).toThrow(`${name}: `);
});

test('mainnet is taken by who says that money is meant', () => {
  const meant = { MONERO_NETWORK: 'mainnet', ...own, I_ACCEPT_REAL_MONEY: 'yes' };
  expect(read({ ...meant, PUPERO_PRICES: 'public' }).network).toBe('mainnet');
  expect(() => read(meant)).toThrow('PUPERO_PRICES: must be public on mainnet');
});

const [here, everywhere] = ['127.0.0.1', '0.0.0.0'];
test.each([
  ['at home', here, 'http://localhost:5000', false, []],
  ['behind a proxy', here, 'https://pupero.example', true, []],
  ['open by http', everywhere, 'http://192.0.2.1:5000', false, ['sign-in cookie']],
  ['a proxy that can be passed by', everywhere, 'https://pupero.example', true, ['without the proxy']],
  ['a proxy that is not listened to', here, 'https://pupero.example', false, ['counts as one client']],
])('what is rather a slip is said: %s', (_, listen, siteOrigin, trustsProxy, said) => {
  const found = warnings({ listen, siteOrigin, trustsProxy });
  expect(found).toEqual(said.map((words) => expect.stringContaining(words)));
});
