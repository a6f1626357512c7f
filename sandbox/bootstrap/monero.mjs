import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './packages.mjs';

const programs = ['monerod', 'monero-wallet-rpc'];

const howTo = `Monero's programs (monerod, monero-wallet-rpc) are missing. Install them and start again:
  Debian, Ubuntu   sudo apt-get install monero
  macOS            brew install monero
  Windows          in WSL (wsl --install), with Node and git there: sudo apt-get install monero
  anything else    download from https://www.getmonero.org/downloads/ and set MONERO_BIN to the folder
  docker           docker run --rm -it --network host -v "$PWD":/pupero -w /pupero node:24 npm start
                   (Debian inside, which installs them by itself)`;

/** Makes sure that Monero's programs are there: installs them as root on Debian, else says what to type. */
export async function installMonero() {
  const needed = [];
  if (!process.env.MONERO_NODE_URL) needed.push('monerod');
  if (!process.env.MONERO_WALLET_RPC_URL) needed.push('monero-wallet-rpc');
  if (needed.every(isThere)) return;
  const onDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!onDebian || process.env.MONERO_BIN) throw new Error(howTo);
  console.log('Installing Monero (apt-get install monero) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'monero'], { env });
  } catch (error) {
    throw new Error(`${error.message}\n\n${howTo}`);
  }
  if (!programs.every(isThere)) throw new Error(howTo);
  console.log('Monero installed.');
}

function isThere(program) {
  const folders = [process.env.MONERO_BIN, ...(process.env.PATH ?? '').split(delimiter)].filter(Boolean);
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
