// `npm run prod` on a network where others mine: a real node of testnet, which finds no peers, and a real wallet.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '#sandbox/chain/monero-programs.ts';
import { sandboxNode } from '#sandbox/chain/node.ts';
import { WalletRpc } from '#sandbox/chain/wallet-rpc.ts';
import { answers } from '#sandbox/processes/http.ts';
import { Team } from '#sandbox/processes/team.ts';
import { freeTcpPort } from '#sandbox/settings/tcp-ports.ts';
import { type House, houseForTests } from './production-house.ts';
import { aKey, visitor } from './visitor.ts';

const team = new Team({ say: () => {}, onLost: () => {} });
let house: House;
let own: Record<string, string>;

const secrets = () => JSON.parse(readFileSync(house.secretsFile, 'utf8'));

/** Node and wallet-rpc as their owner would run them, with the login that the secrets say. */
async function startOwn(): Promise<Record<string, string>> {
  const [node, wallet] = [await freeTcpPort(), await freeTcpPort()];
  const folder = join(house.dataDir, '..', 'own');
  mkdirSync(folder);
  const { MONERO_WALLET_RPC_USER: user, MONERO_WALLET_RPC_PASSWORD: password } = secrets();
  const quiet = ['--testnet', '--non-interactive', '--log-file=/dev/null', '--rpc-bind-ip=127.0.0.1'];
  await team.start({
    name: 'node',
    command: program('monerod'),
    args: [...quiet, '--offline', '--no-zmq', `--data-dir=${folder}`, `--rpc-bind-port=${node}`],
    logFile: join(folder, 'node.log'),
    isReady: () =>
      sandboxNode(`http://127.0.0.1:${node}`)
        .info()
        .then(({ height }) => height > 0),
  });
  const login = `--rpc-login=${user}:${password}`;
  const place = [`--rpc-bind-port=${wallet}`, `--daemon-address=127.0.0.1:${node}`, `--wallet-dir=${folder}`];
  await team.start({
    name: 'wallet',
    command: program('monero-wallet-rpc'),
    args: [...quiet, '--trusted-daemon', login, ...place],
    logFile: join(folder, 'wallet.log'),
    isReady: () => answers(`http://127.0.0.1:${wallet}`),
  });
  return {
    MONERO_NODE_URL: `http://127.0.0.1:${node}`,
    MONERO_WALLET_RPC_URL: `http://127.0.0.1:${wallet}`,
  };
}

beforeAll(async () => {
  house = await houseForTests();
  await house.run('secrets', ['--file', house.secretsFile]);
  own = await startOwn();
});
afterAll(async () => {
  await team.stop();
  await house.end();
});

test('refuses node and wallet of another network, with both names', async () => {
  const { code, printed } = await house.run('prod', [], { ...own, MONERO_NETWORK: 'stagenet' });
  expect(code).toBe(1);
  expect(printed).toContain(
    `The node at ${own.MONERO_NODE_URL} is of testnet, and MONERO_NETWORK is stagenet.`,
  );
});

test('has neither faucet nor mining, and addresses of the network', async () => {
  const { code, printed } = await house.run('prod', [], { ...own, MONERO_NETWORK: 'testnet' });
  expect({ code, printed }).toMatchObject({ code: 0, printed: expect.stringContaining('serves on testnet') });
  const carol = await visitor(house.site, 'carol');
  await expect(carol.drawFaucet({ amountXmr: '1' }, aKey())).rejects.toThrow('404 not_found');
  await expect(carol.mineBlocks({ count: 1 })).rejects.toThrow('404 not_found');
  expect((await carol.newDepositAddress()).depositAddress).toMatch(/^B/);
  expect(await sandboxNode(own.MONERO_NODE_URL ?? '').info()).toMatchObject({ height: 1 });
  expect((await house.run('prod:stop')).code).toBe(0);
});

test('makes no new wallet if the password does not open the existing one', async () => {
  const other = { HOUSE_WALLET_PASSWORD: 'another', MONERO_NETWORK: 'testnet' };
  const { MONERO_WALLET_RPC_USER: user, MONERO_WALLET_RPC_PASSWORD: password } = secrets();
  const rpc = new WalletRpc(own.MONERO_WALLET_RPC_URL ?? '', { user, password });
  await rpc.call('close_wallet');
  rpc.close();
  const { code, printed } = await house.run('prod', [], { ...own, ...other });
  expect(code).toBe(1);
  expect(printed).toContain('HOUSE_WALLET_PASSWORD does not open it');
});
