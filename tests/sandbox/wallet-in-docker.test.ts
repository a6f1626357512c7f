// The script that starts the wallets of monero-compose.yml, run on Monero's programs without docker.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { asPiconero, PICONERO_PER_XMR } from '#core/money/xmr.ts';
import { comparesHardForks, program } from '#sandbox/chain/monero-programs.ts';
import { WalletRpc } from '#sandbox/chain/wallet-rpc.ts';
import { type OwnChain, ownChain } from '#tests/helpers/own-chain.ts';
import { type ScriptedWallet, scriptedWallet } from './scripted-wallet.ts';

const TESTNET = ['--testnet', '--offline'];

async function addressOf({ login }: ScriptedWallet): Promise<string> {
  const rpc = new WalletRpc(login.url, login);
  const { address } = await rpc.call<{ address: string }>('get_address');
  rpc.close();
  return address;
}

describe('on testnet', () => {
  let wallet: ScriptedWallet;
  beforeAll(async () => {
    wallet = await scriptedWallet();
  });
  afterAll(() => wallet.remove());

  test('the first start makes a wallet that only its owner reads, and asks for the login', async () => {
    await wallet.start(TESTNET);
    expect(await addressOf(wallet)).toMatch(/^[9A]\w{94}$/);
    expect(await wallet.statusWithoutLogin()).toBe(401);
    for (const file of readdirSync(wallet.folder))
      expect(statSync(join(wallet.folder, file)).mode & 0o077).toBe(0);
    expect(wallet.printed()).not.toContain(wallet.login.password);
  });

  test('no list of processes shows a password', () => {
    const args = ['-ww', '-o', 'args=', '-p', String(wallet.pid())];
    const commandLine = execFileSync('ps', args, { encoding: 'utf8' });
    expect(commandLine).toContain('monero-wallet-rpc');
    for (const shown of [wallet.login.password, wallet.walletPassword])
      expect(commandLine).not.toContain(shown);
  });

  test('a later start opens the same wallet', async () => {
    const before = await addressOf(wallet);
    await wallet.stop();
    await wallet.start(TESTNET);
    expect(await addressOf(wallet)).toBe(before);
  });

  test('with another wallet password it ends and tells the reason', async () => {
    await wallet.stop();
    wallet.secret('wallet-password', 'another');
    await wallet.start(TESTNET);
    expect(wallet.exitCode()).not.toBe(0);
    expect(wallet.printed()).toContain('invalid password');
  });
});

describe('on a private chain', () => {
  let chain: OwnChain;
  let wallet: ScriptedWallet;
  beforeAll(async () => {
    [chain, wallet] = await Promise.all([ownChain(), scriptedWallet()]);
  });
  afterAll(() => wallet?.remove());

  test('receives XMR, and pays by the adapter of the functions', async () => {
    const regtest = comparesHardForks(program('monero-wallet-rpc'))
      ? ['--allow-mismatched-daemon-version']
      : [];
    await wallet.start([`--daemon-address=${new URL(chain.node.url).host}`, ...regtest]);
    const outside = await chain.wallet('outside');
    await chain.mine(2, await addressOf(wallet));
    await chain.mine(74, outside.address);

    const house = houseWallet(wallet.login);
    const amountPiconero = asPiconero(1_234_567_890_123n);
    const payment = await house.prepare({
      address: outside.address,
      amountPiconero,
      feeIncluded: false,
      maximumFeePiconero: asPiconero(PICONERO_PER_XMR),
    });
    if (typeof payment === 'string') throw new Error(payment);
    await house.relay(payment);

    const receiver = houseWallet(outside.login);
    await receiver.status();
    const transfers = await receiver.incoming({ from: 0 });
    const arrived = transfers.filter(({ txid }) => txid === payment.txid);
    expect(arrived).toMatchObject([{ amountPiconero }]);
  });
});
