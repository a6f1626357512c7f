import type { Caller } from '../caller.ts';
import type { PaymentAccountId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { answerIn, type GivenFactor } from '../step-up.ts';
import { paymentAccountEvent } from './payment-accounts.ts';
import type { PaymentAccountPorts } from './ports.ts';

type Ports = Pick<PaymentAccountPorts, 'paymentAccounts' | 'stepUp' | 'clock'>;

/**
 * Removes a payment account, also one that is changed at the same time. Trades that have started keep their copy of the
 * details. A mail tells the owner.
 *
 * It is one transaction. If the process dies before it, nothing happened, and the code is still valid; after it, a
 * repeated request gets `not_found`.
 */
export const removePaymentAccount =
  ({ paymentAccounts, stepUp, clock }: Ports) =>
  async (
    { paymentAccountId, ...factor }: { paymentAccountId: PaymentAccountId } & GivenFactor,
    caller: Caller,
  ) =>
    retryOnConflict(`payment account ${paymentAccountId}`, async () => {
      const read = await paymentAccounts.get(caller.accountId, paymentAccountId);
      if (!read) return refusal('not_found');
      return stepUp<undefined | 'changed_since'>(caller, answerIn(factor), async (proof) => {
        const next = { ...read, updatedAt: clock.now(), version: read.version + 1 };
        const event = paymentAccountEvent('payment_account_removed', next);
        const refused = await paymentAccounts.remove({ next, event }, proof);
        return refused === 'wrong_second_factor' ? refusal(refused) : refused;
      });
    });
