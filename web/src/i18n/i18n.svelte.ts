import { browserStorage } from '../shell/storage.ts';
import { en } from './en/index.ts';
import type { Messages } from './messages.ts';

export const LANGUAGES = { en: 'English', fr: 'Français' } as const;
export type Language = keyof typeof LANGUAGES;

/** English is built in, as the fallback. Other languages load when chosen. */
const load: Record<Language, () => Promise<Messages>> = {
  en: async () => en,
  fr: async () => (await import('./fr/index.ts')).fr,
};

const STORED = 'pupero.language';
const isLanguage = (text: unknown): text is Language => typeof text === 'string' && text in LANGUAGES;

let messages = $state.raw<Messages>(en);
let language = $state<Language>('en');

/** The texts of the chosen language. */
export const t = (): Messages => messages;
export const currentLanguage = (): Language => language;

export async function chooseLanguage(chosen: Language): Promise<void> {
  messages = await load[chosen]();
  language = chosen;
  document.documentElement.lang = chosen;
  browserStorage.set(STORED, chosen);
}

/** The stored choice, or the browser's language. */
export async function startLanguage(): Promise<void> {
  const wanted =
    [browserStorage.get(STORED), ...navigator.languages.map((tag) => tag.slice(0, 2))].find(isLanguage) ??
    'en';
  if (wanted === 'en') document.documentElement.lang = 'en';
  else await chooseLanguage(wanted).catch(() => {});
}
