import { operationsOn } from './index.ts';
import { openApi } from './openapi.ts';

test('documents the operations of the sandbox on regtest only', () => {
  const pathsOn = (network: 'regtest' | 'testnet') =>
    Object.keys(openApi('1', operationsOn(network)).paths as object);
  const [regtest, testnet] = [pathsOn('regtest'), pathsOn('testnet')];
  expect(regtest.filter((path) => !testnet.includes(path))).toEqual([
    '/sandbox/faucet',
    '/healthz/sandbox',
    '/sandbox/blocks',
  ]);
});
