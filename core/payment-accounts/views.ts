import type { Details } from './details.ts';
import type { PaymentAccount } from './payment-accounts.ts';

/** A payment account as its owner sees it. */
export const paymentAccountView = (
  { id, method, createdAt, updatedAt, version }: PaymentAccount,
  { label, fields }: Details,
) => ({ id, method, label, fields: { ...fields }, createdAt, updatedAt, version });

export type PaymentAccountView = ReturnType<typeof paymentAccountView>;
