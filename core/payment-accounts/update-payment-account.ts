import type { Caller } from '../caller.ts';
import type { PaymentAccountId } from '../ids.ts';
import { checkedFields, type PaymentFields } from '../payment-methods/checked-fields.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { answerIn, type GivenFactor } from '../step-up.ts';
import { opened, sealed } from './details.ts';
import { type PaymentAccount, paymentAccountEvent } from './payment-accounts.ts';
import type { PaymentAccountPorts } from './ports.ts';
import { paymentAccountView } from './views.ts';

type Input = {
  paymentAccountId: PaymentAccountId;
  /** As it was read. */
  version: number;
  label?: string | undefined;
  /** All of them, because a field that is left out is removed. */
  fields?: PaymentFields | undefined;
} & GivenFactor;

/**
 * Changes label or fields of a payment account. Trades that have started keep their copy of the details. A mail tells
 * the owner.
 *
 * It is one transaction. If the process dies before it, nothing happened, and the code is still valid; after it, a
 * repeated request is refused with `changed_since`, and the person reads the new version.
 */
export const updatePaymentAccount =
  ({ paymentAccounts, fieldFormats, detailsCipher, stepUp, clock }: PaymentAccountPorts) =>
  async ({ paymentAccountId, version, label, fields: given, ...factor }: Input, caller: Caller) => {
    const read = await paymentAccounts.get(caller.accountId, paymentAccountId);
    if (!read) return refusal('not_found');
    const before = opened(detailsCipher, read);
    const fields = given ? checkedFields(fieldFormats, read.method, given) : before.fields;
    if (isRefusal(fields)) return fields;
    return stepUp(caller, answerIn(factor), async (proof) => {
      if (read.version !== version) return refusal('changed_since');
      const details = { label: label ?? before.label, fields };
      const next: PaymentAccount = {
        ...read,
        sealedDetails: sealed(detailsCipher, read, details),
        updatedAt: clock.now(),
        version: version + 1,
      };
      const event = paymentAccountEvent('payment_account_changed', next);
      const refused = await paymentAccounts.save({ next, event }, proof);
      return refused ? refusal(refused) : paymentAccountView(next, details);
    });
  };
