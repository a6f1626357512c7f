import type { Caller } from '../caller.ts';
import { asPiconero } from '../money/xmr.ts';
import { isRefusal } from '../refusal.ts';
import type { PricePorts } from './ports.ts';
import { type PaymentRequest, price } from './price.ts';

/** The maximum cost of a withdrawal. Nothing is held. Refuses as `price` does. */
export const quoteWithdrawal = (ports: PricePorts) => async (input: PaymentRequest, caller: Caller) => {
  const priced = await price(input, caller, ports);
  if (isRefusal(priced)) return priced;
  const { amountPiconero, feePiconero, payee } = priced;
  return {
    amountXmr: amountPiconero,
    feeXmr: feePiconero,
    totalXmr: asPiconero(amountPiconero + feePiconero),
    internal: payee !== undefined,
  };
};
