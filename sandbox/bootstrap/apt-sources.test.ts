// @ts-expect-error: plain JavaScript, because it runs before anything is installed
import * as apt from './apt-sources.mjs';

const DEBIAN = `# Generated
Types: deb deb-src
# http://snapshot.debian.org/archive/debian/20250520T000000Z
URIs: http://deb.debian.org/debian https://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main non-free-firmware
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://deb.debian.org/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
`;

const UBUNTU = `Types: deb
URIs: http://archive.ubuntu.com/ubuntu/
Suites: noble noble-updates noble-backports
Components: main restricted universe multiverse
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF...
`;

test('reads the deb822 style: several addresses, comments, an archive that is switched off', () => {
  const signedBy = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const [suites, components] = [
    ['bookworm', 'bookworm-updates'],
    ['main', 'non-free-firmware'],
  ];
  expect(apt.parseDeb822(DEBIAN)).toEqual([
    { uri: 'http://deb.debian.org/debian', suites, components, signedBy },
    { uri: 'https://mirror.example/debian', suites, components, signedBy },
    {
      uri: 'http://deb.debian.org/debian-security',
      suites: ['bookworm-security'],
      components: ['main'],
      signedBy,
    },
  ]);
});

test('a key that stands in the file itself is no path of a keyring', () => {
  expect(apt.parseDeb822(UBUNTU)).toEqual([
    {
      uri: 'http://archive.ubuntu.com/ubuntu/',
      suites: ['noble', 'noble-updates', 'noble-backports'],
      components: ['main', 'restricted', 'universe', 'multiverse'],
    },
  ]);
});

test('reads the one-line style: options, comments, other types and media are passed over', () => {
  const text = `
# deb http://old.example/debian buster main
deb-src http://deb.debian.org/debian bookworm main
deb cdrom:[Debian GNU/Linux 12]/ bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] http://deb.debian.org/debian/ bookworm main contrib # own
  deb http://ports.ubuntu.com/ubuntu-ports jammy universe main`;
  expect(apt.parseOneLine(text)).toEqual([
    {
      uri: 'http://deb.debian.org/debian/',
      suites: ['bookworm'],
      components: ['main', 'contrib'],
      signedBy: '/usr/share/keyrings/a.gpg',
    },
    { uri: 'http://ports.ubuntu.com/ubuntu-ports', suites: ['jammy'], components: ['universe', 'main'] },
  ]);
});

test('the archive is the one of the machine’s own release, never the one of security updates', () => {
  const security = { uri: 'http://security.example', suites: ['bookworm-security'], components: ['main'] };
  const sources = [security, ...apt.parseDeb822(DEBIAN)];
  expect(apt.archiveOf(sources, { ID: 'debian', VERSION_CODENAME: 'bookworm' })).toEqual({
    family: 'debian',
    codename: 'bookworm',
    uri: 'http://deb.debian.org/debian',
    signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
  });
  expect(apt.archiveOf([security], { ID: 'debian', VERSION_CODENAME: 'bookworm' })).toBeUndefined();
});

test('a derivative is built on the release that it names', () => {
  const mint = { ID: 'linuxmint', VERSION_CODENAME: 'wilma', UBUNTU_CODENAME: 'noble' };
  expect(apt.archiveOf(apt.parseDeb822(UBUNTU), mint)).toMatchObject({ family: 'ubuntu', codename: 'noble' });
  const debianAtWork = [{ uri: 'http://mirror.example/debian', suites: ['stable'], components: ['main'] }];
  const derived = { ID: 'pureos', VERSION_CODENAME: 'byzantium' };
  expect(apt.archiveOf(debianAtWork, derived)).toMatchObject({ family: 'debian', codename: 'stable' });
});

test('Debian: backports of stable first, then stable, the machine’s own, and the one before for old releases', () => {
  expect(apt.suitesToTry({ family: 'debian', codename: 'bookworm' })).toEqual([
    ['stable', 'stable-backports'],
    ['stable'],
    ['bookworm', 'bookworm-backports'],
    ['bookworm'],
    ['oldstable'],
  ]);
});

test('Ubuntu: releases after the machine’s own that are out, then the one in the making, then its own', () => {
  const csv = `version,codename,series,created,release,eol,eol-server
24.04 LTS,Noble Numbat,noble,2023-10-12,2024-04-25,2029-05-31
24.10,Oracular Oriole,oracular,2024-04-25,2024-10-10,2025-07-10
25.04,Plucky Puffin,plucky,2024-10-10,2025-04-17,2026-01-15
99.04,Zesty Zebra,zebra,2098-10-10,2099-04-17,2100-01-15
`;
  const newer = apt.releasesAfter(csv, 'noble', '2026-11-28');
  expect(newer).toEqual(['plucky', 'oracular']);
  expect(apt.suitesToTry({ family: 'ubuntu', codename: 'noble' }, newer)).toEqual([
    ['plucky'],
    ['oracular'],
    ['devel'],
    ['noble', 'noble-updates'],
    ['noble'],
  ]);
});

test('reads os-release with and without quotes', () => {
  const text = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_CODENAME=bookworm\n';
  expect(apt.parseOsRelease(text)).toMatchObject({ ID: 'debian', VERSION_CODENAME: 'bookworm' });
});
