import { errorText } from '../i18n/errors.ts';
import { fullXmr } from '../i18n/format.ts';
import { boundIn } from './amount-bound.ts';
import { walletTexts } from './texts.ts';

/** The translated error of a withdrawal, with the bound that the API names. */
export function withdrawalError(error: unknown): string {
  const bound = boundIn(error);
  return bound ? walletTexts().bounds[bound.kind](fullXmr(bound.xmr)) : errorText(error);
}
