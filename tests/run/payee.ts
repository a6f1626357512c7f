import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { moneroWallet } from '#sandbox/chain/monero-programs.ts';
import { WalletRpc, WalletRpcError } from '#sandbox/chain/wallet-rpc.ts';
import type { Sandbox } from '#sandbox/options.ts';
import { Team } from '#sandbox/processes/team.ts';

/** Number of blocks that the payee mines, so that it has coins for deposits. */
const BLOCKS_FOR_DEPOSITS = 4;
/** Number of blocks until a block reward may be spent. */
const UNLOCK_AFTER_BLOCKS = 60;

type PayeeSettings = { tcpPort: number; say: (line: string) => void; onLost: (error: Error) => void };

/**
 * A second wallet on the sandbox's chain, with coins of its own; its address carries its login. It uses the node's port
 * as a person's own wallet does, without key or login.
 */
export async function startPayee(sandbox: Sandbox, { tcpPort, say, onLost }: PayeeSettings) {
  const team = new Team({ say, onLost });
  const login = { user: 'payee', password: randomBytes(16).toString('hex') };
  const rpc = new WalletRpc(`http://127.0.0.1:${tcpPort}`, login);
  const folder = join(sandbox.dataDir, 'payee');
  mkdirSync(folder, { recursive: true });
  const settings = {
    tcpPort,
    nodeUrl: sandbox.urls.node,
    walletsDir: folder,
    configFile: join(folder, 'wallet-rpc.conf'),
    logFile: join(sandbox.dataDir, 'logs', 'payee.log'),
  };
  const stop = async () => {
    await team.stop();
    rpc.close();
  };
  try {
    await team.start({ ...moneroWallet(settings, login, () => open(rpc)), name: 'payee' });
    const { address } = await rpc.call<{ address: string }>('get_address', { account_index: 0 });
    await sandbox.mine(BLOCKS_FOR_DEPOSITS, address);
    await sandbox.mine(UNLOCK_AFTER_BLOCKS);
  } catch (error) {
    await stop();
    throw error;
  }
  say(`payee      http://127.0.0.1:${tcpPort}`);
  return { url: `http://${login.user}:${login.password}@127.0.0.1:${tcpPort}`, stop };
}

async function open(rpc: WalletRpc): Promise<void> {
  const wallet = { filename: 'payee', password: '' };
  try {
    await rpc.call('open_wallet', wallet);
  } catch (error) {
    if (!(error instanceof WalletRpcError)) throw error;
    await rpc.call('create_wallet', { ...wallet, language: 'English' });
  }
}
