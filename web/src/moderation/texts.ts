import { moderation } from '../i18n/en/moderation.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of moderation and reports. */
export const moderationTexts = texts(moderation, {
  fr: async () => (await import('../i18n/fr/moderation.ts')).moderation,
});
