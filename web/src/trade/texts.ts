import { trade } from '../i18n/en/trade.ts';
import { texts } from '../i18n/i18n.svelte.ts';

/** The texts of trades. */
export const tradeTexts = texts(trade, { fr: async () => (await import('../i18n/fr/trade.ts')).trade });
