import type { Caller } from '../caller.ts';
import type { PaymentAccountId } from '../ids.ts';
import { checkedFields, type PaymentFields } from '../payment-methods/checked-fields.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { answerIn, type GivenFactor } from '../step-up.ts';
import { sealed } from './details.ts';
import { type PaymentAccount, paymentAccountEvent } from './payment-accounts.ts';
import type { PaymentAccountPorts } from './ports.ts';
import { paymentAccountView } from './views.ts';

type Input = { method: string; label: string; fields: PaymentFields } & GivenFactor;

/**
 * Adds a way to be paid. An account with a second factor needs it, because whoever changes these details receives the
 * money. A mail tells the owner.
 *
 * It is one transaction. If the process dies before it, nothing happened, and the code is still valid; after it, the
 * person finds the payment account in the list.
 */
export const addPaymentAccount =
  ({ paymentAccounts, fieldFormats, detailsCipher, stepUp, clock, ids }: PaymentAccountPorts) =>
  async ({ method, label, fields: given, ...factor }: Input, caller: Caller) => {
    const fields = checkedFields(fieldFormats, method, given);
    if (isRefusal(fields)) return fields;
    return stepUp(caller, answerIn(factor), async (proof) => {
      const now = clock.now();
      const own = { id: ids.next<PaymentAccountId>(), accountId: caller.accountId };
      const details = { label, fields };
      const added: PaymentAccount = {
        ...own,
        method,
        sealedDetails: sealed(detailsCipher, own, details),
        createdAt: now,
        updatedAt: now,
        version: 1,
      };
      const event = paymentAccountEvent('payment_account_added', added);
      const refused = await paymentAccounts.add({ next: added, event }, proof);
      return refused ? refusal(refused) : paymentAccountView(added, details);
    });
  };
