import { notices } from '../i18n/en/notices.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of notices. */
export const noticesTexts = texts(notices, {
  fr: async () => (await import('../i18n/fr/notices.ts')).notices,
});
