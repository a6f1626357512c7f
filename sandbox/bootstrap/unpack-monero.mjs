import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import {
  archiveOf,
  parseDeb822,
  parseOneLine,
  parseOsRelease,
  releasesAfter,
  suitesToTry,
} from './apt-sources.mjs';
import { run } from './packages.mjs';

/** The programs that are unpacked. The start needs no others. */
const PROGRAMS = ['monerod', 'monero-wallet-rpc'];
const KEYRINGS = {
  debian: '/usr/share/keyrings/debian-archive-keyring.gpg',
  ubuntu: '/usr/share/keyrings/ubuntu-archive-keyring.gpg',
};
const COMPONENTS = { debian: 'main', ubuntu: 'main universe' };
/** Age from which a temporary folder counts as left by an interrupted start. No unpacking takes longer. */
const ABANDONED_MS = 60 * 60_000;

/**
 * Unpacks Monero's programs from the newest suite of this machine's own mirror, into `<folder>/<version>`. apt checks
 * the archive's signatures. Nothing is installed, and no root is needed, because everything happens in a temporary
 * folder beside the target. It is renamed when it is complete. Of two starts at once both unpack, and the first result
 * stays.
 *
 * @param {{ folder: string, wants: (version: string) => boolean, say: (line: string) => void }} where
 *   `wants`: whether a version (`0.18.5.3`) is acceptable; the next suite is tried if not
 * @returns {Promise<string>} the version
 * @throws an Error with the message of each suite if no suite has an acceptable version
 */
export async function unpackMonero({ folder, wants, say }) {
  const { archive, suites } = machinesSuites();
  mkdirSync(folder, { recursive: true });
  removeAbandoned(folder);
  const complaints = [];
  for (const names of suites) {
    const work = mkdtempSync(join(folder, '.unpacking-'));
    try {
      return await unpackFrom(archive, names, { work, folder, wants, say });
    } catch (error) {
      complaints.push(`${names.at(-1)}: ${error.message}`);
      if (isOffline(error)) break;
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  throw new Error(complaints.join('\n'));
}

/**
 * The machine's own archive and the suites to try.
 * @throws an Error if the system is not Debian, Ubuntu or a derivative
 */
function machinesSuites() {
  const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  if (!existsSync('/usr/bin/apt-get')) throw new Error('there is no apt here');
  const folder = '/etc/apt/sources.list.d';
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const sources = [
    ...files.filter((file) => file.endsWith('.sources')).flatMap((file) => parseDeb822(read(file))),
    ...['/etc/apt/sources.list', ...files.filter((file) => file.endsWith('.list'))].flatMap((file) =>
      parseOneLine(read(file)),
    ),
  ];
  const archive = archiveOf(sources, parseOsRelease(read('/etc/os-release')));
  if (!archive) throw new Error('none of its apt sources is the archive of its own release');
  const today = new Date().toISOString().slice(0, 10);
  const newer = releasesAfter(read('/usr/share/distro-info/ubuntu.csv'), archive.codename, today);
  return { archive, suites: suitesToTry(archive, newer) };
}

async function unpackFrom(archive, suites, { work, folder, wants, say }) {
  const apt = aptIn(work, archive, suites);
  const suite = suites.at(-1);
  await apt('apt-get', ['update']);
  const policy = await apt('apt-cache', ['-t', suite, 'policy', 'monero']);
  const version = /Candidate: (?:\d+:)?(\d+(?:\.\d+)+)/.exec(policy)?.[1];
  if (!version) throw new Error('it has no Monero');
  if (!wants(version)) throw new Error(`it has ${version}`);
  const target = join(folder, version);
  if (existsSync(target)) return version;
  say(`Unpacking Monero ${version} (${suite} of ${withoutLogin(archive.uri)}) …`);
  await apt('apt-get', [
    'install',
    '-y',
    '--no-install-recommends',
    '--download-only',
    '-t',
    suite,
    'monero',
  ]);
  const whole = join(work, 'whole');
  const packages = join(work, 'cache', 'archives');
  for (const file of readdirSync(packages).filter((name) => name.endsWith('.deb')))
    await run('dpkg-deb', ['-x', join(packages, file), join(work, 'root')]);
  arrange(join(work, 'root'), whole);
  for (const program of PROGRAMS) await run(join(whole, 'bin', program), ['--version']);
  keep(whole, target);
  return version;
}

/** Runs apt with separate lists, cache and state, so that it needs no root and sees only these suites. */
function aptIn(work, { family, uri, signedBy }, suites) {
  for (const name of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(work, name), { recursive: true });
  const keyring = [signedBy, KEYRINGS[family]].find((file) => file && existsSync(file));
  const options = keyring ? `[signed-by=${keyring}] ` : '';
  const lines = suites.map((suite) => `deb ${options}${uri} ${suite} ${COMPONENTS[family]}\n`);
  writeFileSync(join(work, 'sources.list'), lines.join(''));
  for (const name of ['status', 'none']) writeFileSync(join(work, name), '');
  mkdirSync(join(work, 'empty'));
  const settings = {
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': join(work, 'empty'),
    'Dir::Etc::preferences': join(work, 'none'),
    'Dir::Etc::preferencesparts': join(work, 'empty'),
    'Dir::State::Lists': join(work, 'lists'),
    // An empty list of installed packages, so that all dependencies of Monero are downloaded, libc included.
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
    // A suite that is missing or whose signature is wrong is an error, not a warning.
    'APT::Update::Error-Mode': 'any',
    ...(process.getuid?.() === 0 && { 'APT::Sandbox::User': 'root' }),
  };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  return async (command, args) => {
    try {
      return await run(command, ['-q', ...given, ...args], { env });
    } catch (error) {
      const reasons = error.message.split('\n').filter((line) => /^E: /.test(line));
      throw new Error(reasons.join(' ') || error.message.split('\n').at(-1));
    }
  };
}

/**
 * Puts the two programs and their libraries into a relocatable folder. The suite's own loader starts each program,
 * because its libraries may be newer than the machine's.
 */
function arrange(root, whole) {
  const loader = find(root, /^ld-linux.*\.so\.\d+$/);
  if (!loader) throw new Error('its packages hold no loader');
  const triplet = basename(dirname(loader));
  const libraries = [join('usr', 'lib', triplet), join('lib', triplet)].filter((path) =>
    existsSync(join(root, path)),
  );
  for (const path of libraries) {
    mkdirSync(dirname(join(whole, path)), { recursive: true });
    renameSync(join(root, path), join(whole, path));
  }
  mkdirSync(join(whole, 'programs'));
  mkdirSync(join(whole, 'bin'));
  const paths = libraries.map((path) => `$at/${path}`).join(':');
  for (const program of PROGRAMS) {
    renameSync(join(root, 'usr', 'bin', program), join(whole, 'programs', program));
    const file = join(whole, 'bin', program);
    const script = `#!/bin/sh
at=$(cd "$(dirname "$0")/.." && pwd)
exec "$at/${relative(root, loader)}" --library-path "${paths}" "$at/programs/${program}" "$@"
`;
    writeFileSync(file, script);
    chmodSync(file, 0o755);
  }
}

function find(folder, name) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const found = find(path, name);
      if (found) return found;
    } else if (name.test(entry.name) && basename(folder).includes('linux')) return path;
  }
  return undefined;
}

/** Keeps the folder that a parallel start renamed first, because both have the same content. */
function keep(whole, target) {
  try {
    renameSync(whole, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}

function removeAbandoned(folder) {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith('.unpacking-'))) {
    const path = join(folder, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Number.POSITIVE_INFINITY };
    if (Date.now() - mtimeMs > ABANDONED_MS) rmSync(path, { recursive: true, force: true });
  }
}

const isOffline = ({ message }) =>
  /Could not resolve|Could not connect|Temporary failure|timed out|Network is unreachable/i.test(message);

const withoutLogin = (uri) => uri.replace(/\/\/[^/@]*@/, '//');
