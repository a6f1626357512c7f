import type { PaymentAccountEvent } from '../events/events.ts';
import type { AccountId, PaymentAccountId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** A way to be paid, as it is stored. */
export type PaymentAccount = {
  id: PaymentAccountId;
  accountId: AccountId;
  /** The id of a payment method, or a method in the owner's own words. It never changes. */
  method: string;
  /** Label and fields, encrypted, because a stolen table must not tell who has which bank account. */
  sealedDetails: string;
  createdAt: Instant;
  updatedAt: Instant;
  version: number;
};

/** A payment account after its change, with the event that tells its owner. The transaction writes both. */
export type PaymentAccountChange = { next: PaymentAccount; event: PaymentAccountEvent };

/** The event of a payment account's newest version; a removal counts as a version. */
export const paymentAccountEvent = (
  type: PaymentAccountEvent['type'],
  { id, accountId, version, updatedAt }: PaymentAccount,
): PaymentAccountEvent => ({
  type,
  paymentAccountId: id,
  accountIds: [accountId],
  version,
  at: updatedAt,
});
