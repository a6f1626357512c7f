import { session } from '../i18n/en/session.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of signing in and second factors. */
export const sessionTexts = texts(session, {
  fr: async () => (await import('../i18n/fr/session.ts')).session,
});
