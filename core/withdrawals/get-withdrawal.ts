import type { Caller } from '../caller.ts';
import type { WithdrawalId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import type { WithdrawalPorts } from './ports.ts';
import { withdrawalView } from './views.ts';

/** One withdrawal of the caller. Confirmations are of the watcher's last round. */
export const getWithdrawal =
  ({ withdrawals, heartbeats }: Pick<WithdrawalPorts, 'withdrawals' | 'heartbeats'>) =>
  async ({ withdrawalId }: { withdrawalId: WithdrawalId }, caller: Caller) => {
    const withdrawal = await withdrawals.get(withdrawalId);
    if (withdrawal?.accountId !== caller.accountId) return refusal('not_found');
    return withdrawalView(withdrawal, (await heartbeats.read())?.height ?? 0);
  };
