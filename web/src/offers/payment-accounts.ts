import type { PaymentAccountId } from '#core/ids.ts';
import type { PaymentAccount } from '../api/things.ts';
import type { Draft } from './draft.ts';

/**
 * The payment account that an offer names for a method; empty for none. It is the one that the person chose in the form,
 * or else the one that the offer named before. A new offer names the newest one.
 */
export function accountFor(
  { chosenAccounts, namedAccounts }: Pick<Draft, 'chosenAccounts' | 'namedAccounts'>,
  own: readonly PaymentAccount[],
  method: string,
): string {
  const fitting = own.filter((account) => account.method === method);
  const chosen = chosenAccounts[method];
  if (chosen !== undefined) return fitting.some(({ id }) => id === chosen) ? chosen : '';
  const named = fitting.find(({ id }) => namedAccounts === undefined || namedAccounts.includes(id));
  return named?.id ?? '';
}

/** The payment accounts of an offer to sell, for the API; undefined for one to buy. */
export function accountsOf(draft: Draft, own: readonly PaymentAccount[]): PaymentAccountId[] | undefined {
  if (draft.side === 'buy') return undefined;
  return draft.methods.map((method) => accountFor(draft, own, method)).filter(Boolean) as PaymentAccountId[];
}
