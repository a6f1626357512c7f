import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { operations, operationsOn } from '#contract/index.ts';
import { NETWORKS } from '#core/chain/networks.ts';
import { functions, roles, routesByFunction } from './service.ts';

const SANDBOX_ROUTES = ['POST /sandbox/faucet', 'GET /healthz/sandbox', 'POST /sandbox/blocks'];
const publicNetworks = NETWORKS.filter((network) => network !== 'regtest');

test('regtest has the sandbox function, its role and its routes', () => {
  expect(routesByFunction('regtest').sandbox).toEqual(SANDBOX_ROUTES);
  expect(functions('regtest').sandbox?.events).toEqual(SANDBOX_ROUTES.map((httpApi) => ({ httpApi })));
  expect(roles('regtest').Resources).toHaveProperty('SandboxRole');
  expect(operationsOn('regtest')).toEqual(operations);
});

test.each(publicNetworks)('%s has neither the sandbox function, nor its role, nor its routes', (network) => {
  const resources = JSON.stringify({ functions: functions(network), roles: roles(network) });
  expect(resources).not.toMatch(/sandbox/i);
  expect(Object.values(routesByFunction(network)).flat().sort()).toEqual(
    operationsOn(network)
      .map(({ route }) => route)
      .sort(),
  );
});

test.each(publicNetworks)('%s has every other function, role and route of regtest', (network) => {
  const { sandbox: _, ...others } = functions('regtest');
  const { SandboxRole: __, ...otherRoles } = roles('regtest').Resources;
  expect(functions(network)).toEqual(others);
  expect(roles(network).Resources).toEqual(otherRoles);
});

test('only the sandbox function and those in the private network get the address of the node', () => {
  const names = Object.entries(functions('regtest'))
    .filter(([, { environment }]) => 'MONERO_NODE_URL' in environment)
    .map(([name]) => name);
  expect(names).toEqual(['watchDeposits', 'payWithdrawals', 'followWithdrawals', 'sandbox']);
});

test('serverless.yml gets the functions and roles of its own network', async () => {
  const service = createRequire(import.meta.url)('./service.cjs');
  const resolveVariable = async (address: string) => ({ 'self:custom.network': 'testnet' })[address];
  expect(await service({ resolveVariable })).toEqual({
    functions: functions('testnet'),
    roles: roles('testnet'),
  });
});

test('serverless.yml deploys every table of infra/tables', () => {
  const template = readFileSync('serverless.yml', 'utf8');
  const missing = readdirSync('infra/tables').filter(
    (file) => !template.includes(`\${file(infra/tables/${file})}`),
  );
  expect(missing).toEqual([]);
});
