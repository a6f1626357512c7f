import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Team } from '../processes/team.ts';
import { freeTcpPort } from '../settings/tcp-ports.ts';
import { moneroWallet } from './monero-programs.ts';
import { WalletRpc, WalletRpcError } from './wallet-rpc.ts';

/** No password, because it holds play money and any Monero wallet program may open it. */
const wallet = { filename: 'outside', password: '' };

type OutsideWalletSettings = { folder: string; nodeUrl: string; team: Team };

/** The address of the outside wallet in `folder`; empty when the first start could not make one. */
export function outsideAddressIn(folder: string): string {
  const file = addressFile(folder);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/** Makes a wallet that receives withdrawals. Later starts return its stored address. */
export async function makeOutsideWallet(settings: OutsideWalletSettings): Promise<string> {
  const known = outsideAddressIn(settings.folder);
  if (known) return known;
  const address = await withOutsideWallet(settings, addressOf);
  writeFileSync(addressFile(settings.folder), `${address}\n`, { mode: 0o600 });
  return address;
}

/** Opens the outside wallet in a separate wallet-rpc while `use` runs. */
export async function withOutsideWallet<Result>(
  { folder, nodeUrl, team }: OutsideWalletSettings,
  use: (rpc: WalletRpc) => Promise<Result>,
): Promise<Result> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const tcpPort = await freeTcpPort();
  const login = { user: 'outside', password: randomBytes(16).toString('hex') };
  const rpc = new WalletRpc(`http://127.0.0.1:${tcpPort}`, login);
  const files = { configFile: join(folder, 'wallet-rpc.conf'), logFile: join(folder, 'wallet-rpc.log') };
  const spec = moneroWallet({ tcpPort, nodeUrl, walletsDir: folder, ...files }, login, () => open(rpc));
  const child = await team.start({ ...spec, name: 'the wallet outside' });
  try {
    return await use(rpc);
  } finally {
    await child.stop();
    rpc.close();
  }
}

export async function addressOf(rpc: WalletRpc): Promise<string> {
  return (await rpc.call<{ address: string }>('get_address', { account_index: 0 })).address;
}

async function open(rpc: WalletRpc): Promise<void> {
  try {
    await rpc.call('open_wallet', wallet);
  } catch (error) {
    if (!(error instanceof WalletRpcError)) throw error;
    await rpc.call('create_wallet', { ...wallet, language: 'English' });
  }
}

const addressFile = (folder: string) => join(folder, 'address.txt');
