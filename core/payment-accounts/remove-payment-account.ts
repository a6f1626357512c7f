import type { Caller } from '../caller.ts';
import type { PaymentAccountId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import { answerIn, type GivenFactor } from '../step-up.ts';
import type { PaymentAccountPorts } from './ports.ts';

/**
 * Removes a payment account. Trades that have started keep their copy of the details.
 *
 * It is one transaction. If the process dies before it, nothing happened, and the code is still valid; after it, a
 * repeated request gets `not_found`.
 */
export const removePaymentAccount =
  ({ paymentAccounts, stepUp }: Pick<PaymentAccountPorts, 'paymentAccounts' | 'stepUp'>) =>
  async (
    { paymentAccountId, ...factor }: { paymentAccountId: PaymentAccountId } & GivenFactor,
    caller: Caller,
  ) => {
    const { accountId } = caller;
    if (!(await paymentAccounts.get(accountId, paymentAccountId))) return refusal('not_found');
    return stepUp(caller, answerIn(factor), async (proof) => {
      const refused = await paymentAccounts.remove({ id: paymentAccountId, accountId }, proof);
      return refused && refusal(refused);
    });
  };
