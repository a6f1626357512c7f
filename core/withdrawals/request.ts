import type { Caller } from '../caller.ts';
import type { Remember } from '../idempotency.ts';
import type { AccountId, Ids, TransferId, WithdrawalId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import type { Clock } from '../time.ts';
import { holdBoth, moveInside } from './moves.ts';
import type { Log, PayoutQueue, SecondFactor, Withdrawals } from './ports.ts';
import { type Asked, price, type QuotePorts } from './quote.ts';
import { type WithdrawalView, withdrawalView } from './views.ts';
import { wakePayer } from './wake.ts';
import type { Withdrawal } from './withdrawals.ts';

export type RequestPorts = QuotePorts & {
  withdrawals: Pick<Withdrawals, 'add' | 'save'>;
  queue: PayoutQueue;
  secondFactor: SecondFactor;
  clock: Clock;
  ids: Ids;
  log: Log;
};

/**
 * Orders a payment: second factor (403), then the address (422), then, in one transaction, the holds (409), the
 * withdrawal and the key's answer. To another member's address it is settled there and then.
 *
 * Dies after the transaction: the withdrawal is `queued` and in no queue; the schedule sends it. The same holds while
 * the queue cannot be reached.
 */
export async function requestWithdrawal(
  asked: Asked & { code?: string | undefined },
  caller: Caller,
  remember: Remember<WithdrawalView>,
  key: string,
  ports: RequestPorts,
): Promise<WithdrawalView | Refusal> {
  // Of two requests with one key and one code at once, both pass here, and the key lets one of them through.
  const purpose = `requestWithdrawal#${key}`;
  const unproven = await ports.secondFactor.check(caller.accountId, asked.code, purpose);
  if (unproven) return refusal(unproven);
  const priced = await price(asked, caller, ports);
  if (isRefusal(priced)) return priced;

  const withdrawal = begin(asked, caller.accountId, priced.feePiconero, priced.payee, ports);
  const moves = priced.payee ? moveInside(withdrawal, priced.payee) : holdBoth(withdrawal);
  const view = withdrawalView(withdrawal, 0);
  const refused = await ports.withdrawals.add(withdrawal, moves, remember(view));
  if (refused) return refusal(refused);
  if (!withdrawal.internal) await wakePayer(withdrawal, ports);
  return view;
}

function begin(
  { address, amountXmr }: Asked,
  accountId: AccountId,
  feePiconero: Piconero,
  payee: AccountId | undefined,
  { ids, clock }: Pick<RequestPorts, 'ids' | 'clock'>,
): Withdrawal {
  const now = clock.now();
  return {
    id: ids.next<WithdrawalId>(),
    accountId,
    state: payee ? 'confirmed' : 'queued',
    address,
    amountPiconero: amountXmr,
    feePiconero,
    feeHeldPiconero: feePiconero,
    internal: payee !== undefined,
    amountTransferId: ids.next<TransferId>(),
    ...(!payee && { feeTransferId: ids.next<TransferId>() }),
    attempt: 1,
    sentAt: now,
    requestedAt: now,
    changedAt: now,
    version: 1,
  };
}
