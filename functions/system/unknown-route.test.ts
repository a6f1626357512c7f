import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { operationsOn } from '#contract/index.ts';
import type { Network } from '#core/chain/networks.ts';
import { unknownRoute } from './unknown-route.ts';

const refusedOn = (network: Network, rawPath: string) =>
  unknownRoute(operationsOn(network))({ rawPath } as APIGatewayProxyEventV2);

test('names the methods of a path that exists, and refuses any other path as not found', () => {
  expect(refusedOn('testnet', '/offers/an-id')).toMatchObject({
    code: 'method_not_allowed',
    headers: { allow: 'DELETE, GET, PATCH' },
  });
  for (const path of ['/', '/offers/an-id/more', '/openapiXjson'])
    expect(refusedOn('testnet', path)).toMatchObject({ code: 'not_found' });
});

test('refuses a path of the sandbox as not found on every other network than regtest', () => {
  expect(refusedOn('regtest', '/sandbox/faucet')).toMatchObject({ code: 'method_not_allowed' });
  for (const network of ['testnet', 'stagenet', 'mainnet'] as const)
    expect(refusedOn(network, '/sandbox/faucet')).toMatchObject({ code: 'not_found' });
});
