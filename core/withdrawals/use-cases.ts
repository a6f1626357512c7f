import type { Caller } from '../caller.ts';
import type { Remember } from '../idempotency.ts';
import type { WithdrawalId } from '../ids.ts';
import type { PageRequest } from '../paging.ts';
import { refusal } from '../refusal.ts';
import type { Withdrawals } from './ports.ts';
import { type Asked, quoteWithdrawal } from './quote.ts';
import { type RequestPorts, requestWithdrawal } from './request.ts';
import { type WithdrawalView, withdrawalView } from './views.ts';

export type WithdrawalPorts = RequestPorts & {
  withdrawals: Pick<Withdrawals, 'add' | 'save' | 'get' | 'ofAccount'>;
};

/** The wallet function's part of withdrawals: orders and shows them. Another function pays them. */
export function withdrawalUseCases(ports: WithdrawalPorts) {
  const height = async () => (await ports.heartbeats.read())?.height ?? 0;
  return {
    quoteWithdrawal: (asked: Asked, caller: Caller) => quoteWithdrawal(asked, caller, ports),

    requestWithdrawal: (
      asked: Asked & { code?: string | undefined },
      caller: Caller,
      remember: Remember<WithdrawalView>,
    ) => requestWithdrawal(asked, caller, remember, ports),

    async getWithdrawal({ withdrawalId }: { withdrawalId: WithdrawalId }, caller: Caller) {
      const withdrawal = await ports.withdrawals.get(withdrawalId);
      if (withdrawal?.accountId !== caller.accountId) return refusal('not_found');
      return withdrawalView(withdrawal, await height());
    },

    async listWithdrawals({ page }: { page: PageRequest }, { accountId }: Caller) {
      const { items, next } = await ports.withdrawals.ofAccount(accountId, page);
      const blocks = await height();
      return { items: items.map((item) => withdrawalView(item, blocks)), ...(next && { next }) };
    },
  };
}
