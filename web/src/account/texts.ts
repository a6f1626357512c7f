import { account } from '../i18n/en/account.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of the account page. */
export const accountTexts = texts(account, {
  fr: async () => (await import('../i18n/fr/account.ts')).account,
});
