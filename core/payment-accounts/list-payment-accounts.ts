import type { Caller } from '../caller.ts';
import { opened } from './details.ts';
import type { PaymentAccountPorts } from './ports.ts';
import { paymentAccountView } from './views.ts';

type Ports = Pick<PaymentAccountPorts, 'detailsCipher'> & {
  paymentAccounts: Pick<PaymentAccountPorts['paymentAccounts'], 'ofAccount'>;
};

/** The caller's payment accounts, newest first. There are never more than a page of them. */
export const listPaymentAccounts =
  ({ paymentAccounts, detailsCipher }: Ports) =>
  async (_input: unknown, { accountId }: Caller) => {
    const found = await paymentAccounts.ofAccount(accountId);
    return {
      items: found.map((account) => paymentAccountView(account, opened(detailsCipher, account))).reverse(),
    };
  };
