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
