import type { Cipher } from '../accounts/ports.ts';
import type { PaymentFields } from '../payment-methods/checked-fields.ts';
import type { PaymentAccount } from './payment-accounts.ts';

/** The encrypted part of a payment account. */
export type Details = {
  /** Its name in the words of its owner, which nobody else sees. */
  label: string;
  /** In their stored form. */
  fields: PaymentFields;
};

type Owned = Pick<PaymentAccount, 'id' | 'accountId'>;

/** Names account and row, so that details copied into another row cannot be opened. */
const contextOf = ({ id, accountId }: Owned) => `${accountId}#${id}`;

export const sealed = (cipher: Cipher, of: Owned, details: Details): string =>
  cipher.seal(JSON.stringify(details), contextOf(of));

/** @throws an Error if another key sealed them, or if they are of another row */
export const opened = (cipher: Cipher, account: PaymentAccount): Details =>
  JSON.parse(cipher.open(account.sealedDetails, contextOf(account)));
