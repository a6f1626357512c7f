import { offers } from '../i18n/en/offers.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of offers. */
export const offersTexts = texts(offers, { fr: async () => (await import('../i18n/fr/offers.ts')).offers });
