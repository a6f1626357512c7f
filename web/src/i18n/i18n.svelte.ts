import { browserStorage } from '../shell/storage.ts';
import { base } from './en/base.ts';

export const LANGUAGES = { en: 'English', fr: 'Français' } as const;
export type Language = keyof typeof LANGUAGES;
type Translations<Texts> = Record<Exclude<Language, 'en'>, () => Promise<Texts>>;

const STORED = 'pupero.language';
const isLanguage = (text: unknown): text is Language => typeof text === 'string' && text in LANGUAGES;

let language = $state<Language>('en');
export const currentLanguage = (): Language => language;

/** One loader for each call of `texts`, so for the pages that were opened. */
const loaders: ((wanted: Language) => Promise<void>)[] = [];

/**
 * Texts that load with the pages that import them. English is built in, as the fallback. A translation is a file of its
 * own, which loads when its language is chosen.
 * @returns a function that reads the texts of the current language
 */
export function texts<Texts>(en: Texts, translations: Translations<NoInfer<Texts>>): () => Texts {
  let loaded = $state.raw<{ [language in Language]?: Texts }>({ en });
  loaders.push(async (wanted) => {
    if (wanted === 'en' || loaded[wanted]) return;
    const translation = await translations[wanted]();
    loaded = { ...loaded, [wanted]: translation };
  });
  return () => loaded[language] ?? en;
}

/** The texts of every page and of the market. */
export const t = texts(base, { fr: async () => (await import('./fr/base.ts')).base });

/** Loads the texts of all opened pages. Rejects if some are missing, after the others are loaded. */
async function load(wanted: Language): Promise<void> {
  const { length } = loaders;
  const results = await Promise.allSettled(loaders.map((loader) => loader(wanted)));
  const failure = results.find(({ status }) => status === 'rejected');
  if (failure) throw (failure as PromiseRejectedResult).reason;
  if (loaders.length > length) await load(wanted); // A page was opened meanwhile.
}

/** Resolves with the page once its texts are loaded. If they cannot be loaded, the page is in English. */
export async function translated<Page>(page: Page): Promise<Page> {
  await load(language).catch(() => {});
  return page;
}

/** Rejects if texts cannot be loaded. The language then stays, and the choice holds from the next start on. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  browserStorage.set(STORED, chosen);
  await load(chosen);
  language = chosen;
  document.documentElement.lang = chosen;
}

/** The stored choice, or the browser's language. */
export async function startLanguage(): Promise<void> {
  const wanted =
    [browserStorage.get(STORED), ...navigator.languages.map((tag) => tag.slice(0, 2))].find(isLanguage) ??
    'en';
  if (wanted === 'en') document.documentElement.lang = 'en';
  else await chooseLanguage(wanted).catch(() => {});
}
