/** By these people would take somebody for one of the house; not even as a part of a name. */
const TITLES = [
  'admin',
  'administrator',
  'arbitrator',
  'moderator',
  'official',
  'operator',
  'pupero',
  'security',
  'staff',
  'support',
  'sysadmin',
  'system',
];

/** Alone or joined to titles and to each other they sound the same: `help-desk`, `team`, `root`. */
const COMPANIONS = ['abuse', 'desk', 'escrow', 'help', 'mod', 'mods', 'root', 'service', 'team', 'the'];

/** Signs that look like another: one of each group stands for all. Names hold ASCII letters, digits, `-` and `_`. */
const LOOKS_LIKE: readonly [RegExp, string][] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/0/g, 'o'],
  [/[1l]/g, 'i'],
  [/3/g, 'e'],
  [/4/g, 'a'],
  [/5/g, 's'],
  [/7/g, 't'],
];

const folded = (text: string) =>
  LOOKS_LIKE.reduce((seen, [sign, twin]) => seen.replace(sign, twin), text.normalize('NFKC').toLowerCase());

const titles = TITLES.map(folded);
const isTitle = new RegExp(`^(${titles.join('|')})s?$`);
const isMadeOfThem = new RegExp(`^(${[...titles, ...COMPANIONS.map(folded)].join('|')})+s?$`);

/** A number at the end makes no other name: `admin2`, `support_01`. */
const withoutNumber = (text: string) => text.replace(/[\d_-]+$/, '');

/**
 * Whether a name would pass for one of the house: `Admin`, `s-u-p-p-o-r-t`, `pupero_team`, `adm1n`, `alice-official`.
 * Nobody registers such a name; who has it already keeps it.
 */
export function isReserved(username: string): boolean {
  return [username, withoutNumber(username)].some((name) => {
    const parts = name.split(/[_-]+/).filter((part) => part !== '');
    const isPart = parts.some(
      (part) => isTitle.test(folded(part)) || isTitle.test(folded(withoutNumber(part))),
    );
    return isPart || isMadeOfThem.test(folded(parts.join('')));
  });
}
