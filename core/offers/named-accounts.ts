import type { PaymentAccountId } from '../ids.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { NamedAccount, Offer } from './offers.ts';

/**
 * The payment accounts that an offer may name, with their methods.
 *
 * @param own the payment accounts of the offer's owner
 * @returns a refusal `invalid_request` that names every wrong one
 */
export function namedAccounts(
  ids: readonly PaymentAccountId[],
  { side, methods }: Pick<Offer, 'side' | 'methods'>,
  own: readonly NamedAccount[],
): NamedAccount[] | Refusal {
  if (side === 'buy' && ids.length > 0) {
    const message = 'only an offer to sell names payment accounts';
    return refusal('invalid_request', { errors: [{ path: 'paymentAccountIds', message }] });
  }
  const named: NamedAccount[] = [];
  const errors: { path: string; message: string }[] = [];
  for (const [at, id] of ids.entries()) {
    const account = own.find((one) => one.id === id);
    const checked = accountOrFault(account, methods, named);
    if (typeof checked === 'string') errors.push({ path: `paymentAccountIds.${at}`, message: checked });
    else named.push({ method: checked.method, id });
  }
  return errors.length ? refusal('invalid_request', { errors }) : named;
}

function accountOrFault(
  account: NamedAccount | undefined,
  methods: readonly string[],
  named: readonly NamedAccount[],
): NamedAccount | string {
  if (!account) return 'is not one of your payment accounts';
  if (!methods.includes(account.method)) return 'is for a payment method that the offer does not have';
  const isTwice = named.some(({ method }) => method === account.method);
  return isTwice ? 'is for the same payment method as one before it' : account;
}

/** The named payment accounts as their owner sees them in an offer; nothing if there are none. */
export const ownAccountsView = ({ paymentAccounts = [] }: Offer) =>
  paymentAccounts.length > 0 ? { paymentAccountIds: paymentAccounts.map(({ id }) => id) } : {};
