import { DELETED_USERNAME } from '../people.ts';

/** Words that suggest a member of the staff. They are refused as a whole name and as a part of one. */
const TITLES = [
  'admin',
  'administrateur',
  'administrator',
  'arbitre',
  'arbitrator',
  'moderateur',
  'moderator',
  'official',
  'officiel',
  'operator',
  'pupero',
  'security',
  'staff',
  'support',
  'sysadmin',
  'system',
];

/**
 * Words that suggest staff alone, or joined to titles or to each other: `help-desk`, `team`, `root`. `deleted` is the
 * name under which others see a deleted account.
 */
const COMPANIONS = [
  'abuse',
  DELETED_USERNAME,
  'desk',
  'escrow',
  'help',
  'mod',
  'mods',
  'root',
  'service',
  'team',
  'the',
];

/** Look-alike characters and the letter that they are read as. */
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

/** Cyrillic and Greek letters, each before the Latin letter that it is read as (UTS #39, confusables). */
const TWINS = new Map(
  (
    'аa ԁd еe гr һh ӏl іi јj кk мm нh оo рp сc ѕs тt уy хx ԛq ԝw ' +
    'АA ВB ЕE ІI ЈJ КK МM НH ОO РP ЅS СC ТT УY ХX ԚQ ԜW ' +
    'αa εe ηn ιi κk νv οo ρp τt υu χx ' +
    'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX'
  )
    .split(' ')
    .map(([letter, twin]) => [letter, twin]),
);

/** In lower case, without accents, and with each look-alike as the letter that it is read as. */
const folded = (text: string) =>
  LOOKS_LIKE.reduce(
    (seen, [sign, twin]) => seen.replace(sign, twin),
    [...text.normalize('NFKD').replace(/\p{M}/gu, '')]
      .map((letter) => TWINS.get(letter) ?? letter)
      .join('')
      .toLowerCase(),
  );

const titles = TITLES.map(folded);
const isTitle = new RegExp(`^(${titles.join('|')})s?$`);
const isMadeOfThem = new RegExp(`^(${[...titles, ...COMPANIONS.map(folded)].join('|')})+s?$`);

/** Drops a number at the end, because `admin2` and `support_01` suggest the same. */
const withoutNumber = (text: string) => text.replace(/[^\p{L}]+$/u, '');

/**
 * Whether a name suggests a member of the staff: `Admin`, `s-u-p-p-o-r-t`, `pupero_team`, `adm1n`, `alice-official`.
 * Such a name cannot be registered, nor shown as a display name. An account that has one keeps it.
 */
export function isReserved(chosen: string): boolean {
  return [chosen, withoutNumber(chosen)].some((name) => {
    const parts = name.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
    const isPart = parts.some(
      (part) => isTitle.test(folded(part)) || isTitle.test(folded(withoutNumber(part))),
    );
    return isPart || isMadeOfThem.test(folded(parts.join('')));
  });
}
