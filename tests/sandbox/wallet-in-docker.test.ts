// The script that starts monero-compose.yml's wallets, on Monero's own programs, without docker around it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { WalletRpc } from '#sandbox/chain/wallet-rpc.ts';
import { freePort } from '#sandbox/ports.ts';
import { until } from '#tests/helpers/until.ts';

const script = join(import.meta.dirname, '..', '..', 'infra', 'monero', 'wallet-rpc.sh');
const folder = mkdtempSync(join(tmpdir(), 'pupero-test-wallet-'));
const [walletFolder, secretsFolder] = [join(folder, 'wallet'), join(folder, 'secrets')];
const login = { user: 'pupero', password: 'a"b$c#d:e\\f' };
const walletPassword = 'one "two" $three \\four';

let url: string;
let env: NodeJS.ProcessEnv;
let wallet: ChildProcess;
let printed = '';

const secret = (name: string, text: string) => writeFileSync(join(secretsFolder, name), text);
const address = async () => {
  const rpc = new WalletRpc(url, login);
  const { address } = await rpc.call<{ address: string }>('get_address');
  rpc.close();
  return address;
};
const statusWithoutLogin = () =>
  fetch(`${url}/json_rpc`).then(
    ({ status }) => status,
    () => 0,
  );
const hasEnded = () => wallet.exitCode !== null || wallet.signalCode !== null;

/** Resolves when it answers or has ended. */
async function start() {
  printed = '';
  wallet = spawn('sh', [script, '--testnet', '--offline'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [wallet.stdout, wallet.stderr])
    stream?.on('data', (chunk) => {
      printed += chunk;
    });
  const answersOrEnded = async () => hasEnded() || (await statusWithoutLogin()) === 401;
  await until(answersOrEnded, Boolean, { withinMs: 40_000 });
}

async function stop() {
  wallet.kill('SIGTERM');
  await until(async () => hasEnded(), Boolean);
}

beforeAll(async () => {
  for (const made of [walletFolder, secretsFolder]) mkdirSync(made);
  secret('wallet-password', walletPassword);
  secret('wallet-rpc-password', login.password);
  const [port, makingPort] = [await freePort(), await freePort()];
  url = `http://127.0.0.1:${port}`;
  env = {
    PATH: [process.env.MONERO_BIN, process.env.PATH].filter(Boolean).join(delimiter),
    ...{ WALLET_FOLDER: walletFolder, SECRETS_FOLDER: secretsFolder, MONERO_WALLET_RPC_USER: login.user },
    ...{ LISTEN_IP: '127.0.0.1', RPC_PORT: String(port), MAKING_PORT: String(makingPort) },
  };
});

afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the first start makes a wallet that only its owner reads, and asks for the login', async () => {
  await start();
  expect(await address()).toMatch(/^[9A]\w{94}$/);
  expect(await statusWithoutLogin()).toBe(401);
  for (const file of readdirSync(walletFolder))
    expect(statSync(join(walletFolder, file)).mode & 0o077).toBe(0);
  expect(printed).not.toContain(login.password);
}, 60_000);

test('no list of processes shows a password', () => {
  const commandLine = execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(wallet.pid)], {
    encoding: 'utf8',
  });
  expect(commandLine).toContain('monero-wallet-rpc');
  for (const shown of [login.password, walletPassword]) expect(commandLine).not.toContain(shown);
});

test('a later start opens the same wallet', async () => {
  const before = await address();
  await stop();
  await start();
  expect(await address()).toBe(before);
}, 60_000);

test('with another wallet password it ends, and says why', async () => {
  await stop();
  secret('wallet-password', 'another');
  await start();
  expect(wallet.exitCode).not.toBe(0);
  expect(printed).toContain('invalid password');
}, 60_000);
