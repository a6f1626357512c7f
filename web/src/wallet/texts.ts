import { wallet } from '../i18n/en/wallet.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of the wallet. */
export const walletTexts = texts(wallet, { fr: async () => (await import('../i18n/fr/wallet.ts')).wallet });
