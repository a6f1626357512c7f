import type { Cipher } from '../accounts/ports.ts';
import type { Offer } from '../offers/offers.ts';
import { opened } from '../payment-accounts/details.ts';
import type { PaymentAccount } from '../payment-accounts/payment-accounts.ts';
import type { PaymentAccounts } from '../payment-accounts/ports.ts';
import { paymentMethod } from '../payment-methods/payment-methods.ts';
import { type Instant, later } from '../time.ts';
import { DETAILS_KEPT_MS } from './limits.ts';
import { hasEnded } from './states.ts';
import type { Trade } from './trades.ts';

/** One line of where the buyer pays, named as listPaymentMethods names the field. */
export type PaymentDetail = { name: string; value: string };

/** Names the trade, so that details copied into another row cannot be opened. */
const contextOf = ({ id }: Pick<Trade, 'id'>) => `trade#${id}`;

/** The payment account that an offer to sell names for a method. */
export async function accountOfOffer(
  paymentAccounts: Pick<PaymentAccounts, 'get'>,
  { side, ownerId, paymentAccounts: named = [] }: Offer,
  method: string,
): Promise<PaymentAccount | undefined> {
  const found = side === 'sell' ? named.find((one) => one.method === method) : undefined;
  return found && paymentAccounts.get(ownerId, found.id);
}

/** A trade with its own copy of the details, so that no later change of the payment account reaches it. */
export function withDetailsOf(cipher: Cipher, trade: Trade, account: PaymentAccount | undefined): Trade {
  if (!account) return trade;
  const { fields } = opened(cipher, account);
  const details = (paymentMethod(account.method)?.fields ?? []).flatMap(({ name }): PaymentDetail[] => {
    const value = fields[name];
    return value === undefined ? [] : [{ name, value }];
  });
  if (details.length === 0) return trade;
  return { ...trade, sealedDetails: cipher.seal(JSON.stringify(details), contextOf(trade)) };
}

/** When the details are erased; `undefined` while the trade goes on. */
export const detailsKeptUntil = ({ state, changedAt }: Pick<Trade, 'state' | 'changedAt'>) =>
  hasEnded(state) ? later(changedAt, DETAILS_KEPT_MS) : undefined;

/**
 * The details for the parties and the arbitrator of a dispute; `undefined` if they are unknown, erased, or due to be
 * erased.
 */
export function detailsFor(cipher: Cipher, trade: Trade, now: Instant): PaymentDetail[] | undefined {
  const until = detailsKeptUntil(trade);
  const isOver = until !== undefined && now >= until;
  if (trade.sealedDetails === undefined || isOver) return undefined;
  return JSON.parse(cipher.open(trade.sealedDetails, contextOf(trade)));
}
