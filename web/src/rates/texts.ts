import { rates } from '../i18n/en/rates.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of the page of market prices. */
export const ratesTexts = texts(rates, { fr: async () => (await import('../i18n/fr/rates.ts')).rates });
