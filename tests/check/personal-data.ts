import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as keys from '#adapters/dynamodb/keys.ts';
import { type OnDeletion, PERSONAL_DATA } from '#adapters/dynamodb/personal-data.ts';

/** Names of keys that are not declared in adapters/dynamodb/personal-data.ts, a line each. */
export function undeclaredRows(names: readonly string[], declared: readonly string[]): string[] {
  return names
    .filter((name) => /(?:Key|_KEY)$/.test(name) && !declared.includes(name))
    .map((name) => `${name}: adapters/dynamodb/personal-data.ts does not say what happens to its rows`);
}

type Language = 'en' | 'fr';

const PAGES = { en: 'docs/privacy.md', fr: 'docs/privacy.fr.md' } as const;
const HEADS = {
  en: '| table | row | in the export | when the account is deleted | because |',
  fr: '| table | ligne | dans l’export | à la suppression du compte | raison |',
} as const;
const ON_DELETION: Record<Language, Record<OnDeletion, string>> = {
  en: { erase: 'erased', keep: 'kept', expires: 'expires', none: '' },
  fr: { erase: 'effacée', keep: 'conservée', expires: 'expire', none: '' },
};

function table(language: Language): string {
  const rows = Object.values(PERSONAL_DATA).map(({ table, content, exportedAs, onDeletion, because }) => {
    const exported = exportedAs === 'none' ? '' : exportedAs.replaceAll(/\w+/g, '`$&`');
    const cells = [table, content[language], exported, ON_DELETION[language][onDeletion], because[language]];
    return `| ${cells.join(' | ')} |`;
  });
  return [HEADS[language], '|---|---|---|---|---|', ...rows].join('\n');
}

const TABLE = /(?<=<!-- rows -->)[\s\S]*(?=<!-- end -->)/;

const pageWithTable = (root: string, language: Language) => {
  const page = readFileSync(join(root, PAGES[language]), 'utf8');
  return { page, wanted: page.replace(TABLE, () => `\n${table(language)}\n`) };
};

/** Keys without a declaration, and pages whose table is not the declared one. */
export function personalDataFaults(root: string): string[] {
  const languages = Object.keys(PAGES) as Language[];
  const outdated = languages.filter((language) => {
    const { page, wanted } = pageWithTable(root, language);
    return page !== wanted;
  });
  const names = Object.keys(keys);
  return [
    ...undeclaredRows(names, Object.keys(PERSONAL_DATA)),
    ...outdated.map((language) => `${PAGES[language]}: its table is outdated; run: npm run privacy`),
  ];
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..', '..');
  for (const language of Object.keys(PAGES) as Language[])
    writeFileSync(join(root, PAGES[language]), pageWithTable(root, language).wanted);
}
