import type { Caller } from '../caller.ts';
import { type TransferEvent, transferEvent, type WithdrawalEvent } from '../events/events.ts';
import { refusedByHalt } from '../halts/halts.ts';
import type { KeyedCall } from '../idempotency.ts';
import type { AccountId, TransferId, WithdrawalId } from '../ids.ts';
import type { Move } from '../ledger/ledger.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { answerIn, type GivenFactor, type Proof } from '../step-up.ts';
import { MAX_QUEUED_WITHDRAWALS } from './limits.ts';
import { holdBoth, moveInside } from './moves.ts';
import type { WithdrawalPorts } from './ports.ts';
import { type PaymentRequest, type Priced, price } from './price.ts';
import { withdrawalEvent } from './transitions.ts';
import { type WithdrawalView, withdrawalView } from './views.ts';
import { wakePayer } from './wake-payer.ts';
import type { Internal, Queued } from './withdrawals.ts';

/** Upper bound of tries to hold the whole balance, because it may change between the read and the hold. */
const MAX_ATTEMPTS = 8;

/**
 * Orders a payment. It checks the second factor (403) and the address (422). One transaction then writes the holds
 * (409), the withdrawal, the idempotency row and the spent code. A payment to another member is settled in that
 * transaction. With `max` the holds are made only if they leave exactly 0 available.
 *
 * While payouts are halted nothing is ordered, and no code is spent.
 *
 * If the process dies before the transaction, nothing happened, and the code is still valid. If it dies after it, or
 * the queue is unavailable, the withdrawal is `queued`, and the schedule sends its message.
 */
export const requestWithdrawal =
  (ports: WithdrawalPorts) =>
  async (
    { code, passkey, ...request }: PaymentRequest & GivenFactor,
    caller: Caller,
    { remember }: KeyedCall<WithdrawalView>,
  ): Promise<WithdrawalView | Refusal> =>
    refusedByHalt(await ports.halts.read(), 'payouts') ??
    ports.stepUp(caller, answerIn({ code, passkey }), (proof) =>
      addWithdrawal(request, caller, { remember, proof }, ports),
    );

async function addWithdrawal(
  request: PaymentRequest,
  caller: Caller,
  { remember, proof }: KeyedCall<WithdrawalView> & { proof: Proof | undefined },
  ports: WithdrawalPorts,
): Promise<WithdrawalView | Refusal> {
  for (let attempt = 1; ; attempt += 1) {
    const priced = await price(request, caller, ports);
    if (isRefusal(priced)) return priced;
    const { withdrawal, moves, events } = begin(request, caller.accountId, priced, ports);
    const view = withdrawalView(withdrawal, 0);
    const refused = await ports.withdrawals.add({
      withdrawal,
      moves,
      events,
      remembered: remember(view),
      maxQueued: MAX_QUEUED_WITHDRAWALS,
      proof,
    });
    // With `max` this means that the balance changed after it was read.
    if (refused === 'insufficient_funds' && request.max && attempt < MAX_ATTEMPTS) continue;
    if (refused) return refusal(refused);
    if (!withdrawal.internal) await wakePayer(withdrawal, ports);
    return view;
  }
}

/** The first version of a withdrawal, with its holds or its internal transfer, and its event. */
function begin(
  { address, max }: PaymentRequest,
  accountId: AccountId,
  { amountPiconero, feePiconero, payee }: Priced,
  { ids, clock }: Pick<WithdrawalPorts, 'ids' | 'clock'>,
): { withdrawal: Queued | Internal; moves: Move[]; events: (WithdrawalEvent | TransferEvent)[] } {
  const now = clock.now();
  const requested = {
    id: ids.next<WithdrawalId>(),
    accountId,
    address,
    amountPiconero,
    feePiconero,
    feeHeldPiconero: feePiconero,
    amountTransferId: ids.next<TransferId>(),
    attempt: 1,
    sentAt: now,
    requestedAt: now,
    changedAt: now,
    version: 1,
  };
  if (payee) {
    const internal: Internal = { ...requested, internal: true, state: 'confirmed' };
    return {
      withdrawal: internal,
      moves: moveInside(internal, payee, max === true),
      events: [
        withdrawalEvent('withdrawal_confirmed', internal, now),
        // The payee's own event names its transfer, because the withdrawal is the payer's.
        transferEvent(internal.amountTransferId, payee, now),
      ],
    };
  }
  const queued: Queued = {
    ...requested,
    internal: false,
    state: 'queued',
    ...(max && { max }),
    feeTransferId: ids.next<TransferId>(),
    countsAsQueued: true,
  };
  return {
    withdrawal: queued,
    moves: holdBoth(queued),
    events: [withdrawalEvent('withdrawal_requested', queued, now)],
  };
}
