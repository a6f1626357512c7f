import { talk } from '../i18n/en/talk.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of the messages of a trade. */
export const talkTexts = texts(talk, { fr: async () => (await import('../i18n/fr/talk.ts')).talk });
