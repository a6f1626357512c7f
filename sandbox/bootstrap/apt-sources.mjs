/**
 * One line of apt's sources: an archive at `uri` with some suites.
 * @typedef {{ uri: string, suites: string[], components: string[], signedBy?: string }} Source
 */

/**
 * The binary archives in a file in the deb822 style (`/etc/apt/sources.list.d/*.sources`).
 * @param {string} text
 * @returns {Source[]}
 */
export function parseDeb822(text) {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(/\n\s*\n/)
    .map(fieldsOf)
    .filter(
      ({ types = '', enabled = 'yes' }) => words(types).includes('deb') && !/^(no|false|0)$/i.test(enabled),
    )
    .flatMap(({ uris = '', suites = '', components = '', 'signed-by': signedBy = '' }) =>
      words(uris).map((uri) => source(uri, words(suites), words(components), signedBy)),
    );
}

/**
 * The binary archives in a file in the one-line style (`/etc/apt/sources.list`, `*.list`).
 * @param {string} text
 * @returns {Source[]}
 */
export function parseOneLine(text) {
  const lines = text.matchAll(/^[ \t]*deb[ \t]+(?:\[([^\]]*)\][ \t]+)?([^\s[\]]+)[ \t]+(\S+)([^#\n]*)/gm);
  return [...lines].map(([, options = '', uri, suite, components]) => {
    const signedBy = /signed-by=(\S+)/.exec(options)?.[1] ?? '';
    return source(uri, [suite], words(components), signedBy);
  });
}

/**
 * The archive that the machine's own system comes from; `undefined` when none of its sources is.
 * @param {Source[]} sources
 * @param {Record<string, string>} osRelease the fields of /etc/os-release
 */
export function archiveOf(sources, osRelease) {
  const { VERSION_CODENAME, UBUNTU_CODENAME, DEBIAN_CODENAME, ID } = osRelease;
  // Derivatives name their base release in os-release. Debian's sources may also use moving names (stable, testing).
  const own = [
    UBUNTU_CODENAME,
    DEBIAN_CODENAME,
    VERSION_CODENAME,
    'stable',
    'oldstable',
    'testing',
    'sid',
    'unstable',
  ];
  for (const codename of own.filter(Boolean)) {
    const found = sources.find(
      ({ suites, components }) => suites.includes(codename) && components.includes('main'),
    );
    if (!found) continue;
    const family = ID === 'ubuntu' || /ubuntu/.test(found.uri) ? 'ubuntu' : 'debian';
    return { family, codename, uri: found.uri, signedBy: found.signedBy };
  }
  return undefined;
}

/**
 * Suites to search for Monero, newest first. The suites of an entry are enabled together: the package comes from the
 * last one if that has it, its dependencies from the others. An entry with a suite that the mirror lacks is skipped.
 *
 * Debian: stable-backports holds packages of testing, built for stable. Ubuntu has no such name for its newest release,
 * so its names come from distro-info's list.
 *
 * @param {{ family: string, codename: string }} archive
 * @param {string[]} newerReleases Ubuntu's releases after the machine's own, the newest first
 */
export function suitesToTry({ family, codename }, newerReleases = []) {
  if (family === 'ubuntu')
    return [...newerReleases.map((name) => [name]), ['devel'], [codename, `${codename}-updates`], [codename]];
  return [
    ['stable', 'stable-backports'],
    ['stable'],
    [codename, `${codename}-backports`],
    [codename],
    ['oldstable'],
  ];
}

/**
 * Ubuntu's releases after `codename` that are out, the newest first.
 * @param {string} csv distro-info's ubuntu.csv: version,codename,series,created,release,eol,…
 * @param {string} codename
 * @param {string} today YYYY-MM-DD
 */
export function releasesAfter(csv, codename, today) {
  const rows = csv
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .filter(([, , series, , release]) => series && release)
    .map(([, , series, , release]) => ({ series, release }));
  const own = rows.find(({ series }) => series === codename)?.release ?? today;
  return rows
    .filter(({ release }) => release > own && release <= today)
    .sort((a, b) => (a.release < b.release ? 1 : -1))
    .map(({ series }) => series);
}

/**
 * The variables of /etc/os-release.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseOsRelease(text) {
  const lines = text.matchAll(/^([A-Z_]+)=["']?([^"'\n]*)/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
}

const words = (text) => text.split(/\s+/).filter(Boolean);

/** A key embedded in the file is ignored, because the distribution's keyring is used instead. */
function source(uri, suites, components, signedBy) {
  const keyring = words(signedBy)[0]?.split(',')[0];
  return { uri, suites, components, ...(keyring?.startsWith('/') && { signedBy: keyring }) };
}

function fieldsOf(stanza) {
  const fields = stanza.replaceAll(/\n[ \t]+/g, ' ').matchAll(/^([\w-]+):[ \t]*(.*)$/gm);
  return Object.fromEntries([...fields].map(([, name, value]) => [name.toLowerCase(), value.trim()]));
}
