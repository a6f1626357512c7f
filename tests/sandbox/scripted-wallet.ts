import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { killRestOfGroup } from '#sandbox/processes/process-group.ts';
import { Watchdog } from '#sandbox/processes/watchdog.ts';
import { freeTcpPort } from '#sandbox/settings/tcp-ports.ts';
import { until } from '#tests/helpers/until.ts';

const SCRIPT = join(import.meta.dirname, '..', '..', 'infra', 'monero', 'wallet-rpc.sh');

/** Passwords with every character that a shell, JSON or a digest login might trip over. */
const LOGIN = { user: 'pupero', password: 'a"b$c#d:e\\f' };
const WALLET_PASSWORD = 'one "two" $three \\four';

/**
 * A wallet that the script of monero-compose.yml starts, without docker, in a folder of its own. Both go by `remove`, or
 * when this process is killed.
 */
export async function scriptedWallet() {
  const folder = mkdtempSync(join(tmpdir(), 'pupero-test-wallet-'));
  const watchdog = new Watchdog({ removes: folder });
  const [walletFolder, secretsFolder] = [join(folder, 'wallet'), join(folder, 'secrets')];
  const secret = (name: string, text: string) => writeFileSync(join(secretsFolder, name), text);
  for (const made of [walletFolder, secretsFolder]) mkdirSync(made);
  secret('wallet-password', WALLET_PASSWORD);
  secret('wallet-rpc-password', LOGIN.password);
  const [port, makingPort] = [await freeTcpPort(), await freeTcpPort()];
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PATH: [process.env.MONERO_BIN, process.env.PATH].filter(Boolean).join(delimiter),
    WALLET_FOLDER: walletFolder,
    SECRETS_FOLDER: secretsFolder,
    MONERO_WALLET_RPC_USER: LOGIN.user,
    LISTEN_IP: '127.0.0.1',
    RPC_PORT: String(port),
    MAKING_PORT: String(makingPort),
  };

  let wallet: ChildProcess | undefined;
  let printed = '';
  const hasEnded = () => !wallet || wallet.exitCode !== null || wallet.signalCode !== null;
  const statusWithoutLogin = () =>
    fetch(`${url}/json_rpc`).then(
      ({ status }) => status,
      () => 0,
    );
  const stop = async () => {
    wallet?.kill('SIGTERM');
    await until(async () => hasEnded(), Boolean);
  };

  return {
    login: { url, ...LOGIN },
    walletPassword: WALLET_PASSWORD,
    folder: walletFolder,
    secret,
    statusWithoutLogin,
    pid: () => wallet?.pid,
    exitCode: () => wallet?.exitCode,
    printed: () => printed,
    /** Resolves when it answers or has ended. */
    async start(args: string[]) {
      printed = '';
      const started = spawn('sh', [SCRIPT, ...args], {
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      wallet = started;
      const { pid } = started;
      if (pid) watchdog.add(pid);
      started.once('exit', () => {
        if (!pid) return;
        killRestOfGroup(pid);
        watchdog.gone(pid);
      });
      for (const stream of [started.stdout, started.stderr])
        stream?.on('data', (chunk) => {
          printed += chunk;
        });
      const answersOrEnded = async () => hasEnded() || (await statusWithoutLogin()) === 401;
      await until(answersOrEnded, Boolean, { withinMs: 40_000 });
    },
    stop,
    async remove() {
      await stop();
      await watchdog.stop();
    },
  };
}

export type ScriptedWallet = Awaited<ReturnType<typeof scriptedWallet>>;
