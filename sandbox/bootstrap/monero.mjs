import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './packages.mjs';
import { unpackMonero } from './unpack-monero.mjs';

/** A newer release is unpacked if the mirror has it, because older ones have known faults (docs/production.md). */
const GOOD_FROM = '0.18.4';
/** A mirror that had nothing newer is asked again after this time. */
const ASK_AGAIN_MS = 24 * 60 * 60_000;

const howTo = `Install Monero's programs (monerod, monero-wallet-rpc) and start again:
  Debian, Ubuntu   sudo apt-get install monero
  macOS            brew install monero
  Windows          in WSL (wsl --install), with Node and git there: npm start
  anything else    download from https://www.getmonero.org/downloads/ and set MONERO_BIN to the folder
  docker           docker run --rm -it --network host -v "$PWD":/pupero -w /pupero node:24 npm start
                   (Debian inside, where the start gets them by itself)`;

/**
 * Makes sure that Monero's programs are there, and sets MONERO_BIN to their folder unless they are on the PATH. In this
 * order: MONERO_BIN; installed ones from 0.18.4 on; those in `.tools/monero`; those of the newest suite that the
 * machine's own mirror has (Debian, Ubuntu), unpacked there; older installed ones; as root, apt-get install.
 *
 * @param {string} root the project's folder
 * @param {{ release?: string }} options `release`: this version and no other, such as `0.18.0.0`
 */
export async function provideMonero(root, { release = '' } = {}) {
  const needed = [];
  if (!process.env.MONERO_NODE_URL) needed.push('monerod');
  if (!process.env.MONERO_WALLET_RPC_URL) needed.push('monero-wallet-rpc');
  if (needed.length === 0) return;

  const wants = (version) => (release ? version === release : isFrom(version, GOOD_FROM));
  const tools = join(root, '.tools', 'monero');
  if (process.env.MONERO_BIN) return checkOwn(process.env.MONERO_BIN, needed, release);
  const installed = needed.every((program) => isIn(pathFolders(), program)) ? versionOf('monerod') : '';
  if (installed && wants(installed)) return;
  const unpacked = newestIn(tools, wants) || (await unpacking({ tools, wants, release }));
  if (unpacked.version) {
    process.env.MONERO_BIN = join(tools, unpacked.version, 'bin');
    return;
  }
  if (release) throw new Error(`There is no Monero ${release} to be had here.\n${indented(unpacked.why)}`);
  if (installed) {
    console.log(`Monero ${installed} is used, because no newer one can be had:\n${indented(unpacked.why)}`);
    return;
  }
  await install(needed, unpacked.why);
}

function checkOwn(folder, needed, release) {
  const missing = needed.filter((program) => !isIn([folder], program));
  if (missing.length > 0)
    throw new Error(`MONERO_BIN is ${folder}, which has no ${missing.join(' and no ')}.\n${howTo}`);
  const version = release && versionOf(join(folder, 'monerod'));
  if (version !== release)
    throw new Error(`MONERO_BIN is ${folder}, which has ${version}. Unset it for ${release}.`);
}

/** The newest version among those unpacked earlier. */
function newestIn(tools, wants) {
  const versions = existsSync(tools)
    ? readdirSync(tools).filter((name) => /^\d/.test(name) && wants(name))
    : [];
  const [version] = versions.sort((a, b) => (isFrom(a, b) ? -1 : 1));
  return version && { version };
}

/**
 * Unpacks a release, or returns the reason for its failure. A mirror without a newer release is not asked again for a
 * day.
 */
async function unpacking({ tools, wants, release }) {
  const none = join(tools, 'nothing-newer');
  const asked = statSync(none, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (!release && Date.now() - asked < ASK_AGAIN_MS)
    return { why: 'the mirror had none within the last day' };
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const progress = setInterval(
    () => console.log(`  still looking for a current Monero, ${seconds()} s …`),
    10_000,
  );
  try {
    console.log("Looking for a current Monero on this machine's mirror …");
    const version = await unpackMonero({ folder: tools, wants, say: (line) => console.log(line) });
    console.log(`Monero ${version} is in .tools/monero, after ${seconds()} s.`);
    return { version };
  } catch ({ message }) {
    if (existsSync(tools) && /it has /.test(message)) writeFileSync(none, message);
    return { why: message };
  } finally {
    clearInterval(progress);
  }
}

async function install(needed, why) {
  const onDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  const reason = `Monero's programs are missing, and none could be unpacked:\n${indented(why)}`;
  if (!onDebian) throw new Error(`${reason}\n${howTo}`);
  console.log(`${reason}\nInstalling Monero (apt-get install monero) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'monero'], { env });
  } catch (error) {
    throw new Error(`${error.message}\n\n${howTo}`);
  }
  if (!needed.every((program) => isIn(pathFolders(), program))) throw new Error(howTo);
  console.log('Monero installed.');
}

/** The version of a program, such as `0.18.5.3`; empty if it does not run. */
function versionOf(program) {
  try {
    return /v(\d+(?:\.\d+)+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1] ?? '';
  } catch {
    return '';
  }
}

/** Whether `version` equals `other` or is newer. */
function isFrom(version, other) {
  const [a, b] = [version, other].map((text) => text.split('.').map(Number));
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

const pathFolders = () => (process.env.PATH ?? '').split(delimiter).filter(Boolean);

function isIn(folders, program) {
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const indented = (text) => text.replace(/^/gm, '  ');
