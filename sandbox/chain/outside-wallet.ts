import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moneroWallet } from '../parts/monero.ts';
import { freePort } from '../ports.ts';
import type { Team } from '../processes/team.ts';
import { WalletRpc, WalletRpcError } from './wallet-rpc.ts';

/** It holds play money that nobody guards: no password, so that any Monero wallet program opens it. */
const wallet = { filename: 'outside', password: '' };

type Place = { folder: string; nodeUrl: string; team: Team };

/** The address that the first start left, if it could make one. */
export function outsideAddressIn(folder: string): string {
  const file = addressFile(folder);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/** Makes somebody outside the house to withdraw to: a wallet of its own, opened only when it is asked. */
export async function makeOutsideWallet(place: Place): Promise<string> {
  const known = outsideAddressIn(place.folder);
  if (known) return known;
  const address = await withOutsideWallet(place, addressOf);
  writeFileSync(addressFile(place.folder), `${address}\n`, { mode: 0o600 });
  return address;
}

/** Opens that wallet in a wallet-rpc of its own, for as long as `use` takes. */
export async function withOutsideWallet<Result>(
  { folder, nodeUrl, team }: Place,
  use: (rpc: WalletRpc) => Promise<Result>,
): Promise<Result> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const port = await freePort();
  const login = { user: 'outside', password: randomBytes(16).toString('hex') };
  const rpc = new WalletRpc(`http://127.0.0.1:${port}`, login);
  const files = { configFile: join(folder, 'wallet-rpc.conf'), logFile: join(folder, 'wallet-rpc.log') };
  const spec = moneroWallet({ port, nodeUrl, walletsDir: folder, ...files }, login, () => open(rpc));
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
