import { reputation } from '../i18n/en/reputation.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of this folder. They load with its pages. */
export const reputationTexts = texts(reputation, {
  fr: async () => (await import('../i18n/fr/reputation.ts')).reputation,
});
