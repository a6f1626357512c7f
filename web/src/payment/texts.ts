import { payment } from '../i18n/en/payment.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of payment accounts. */
export const paymentTexts = texts(payment, {
  fr: async () => (await import('../i18n/fr/payment.ts')).payment,
});
