import type { WithdrawalEvent } from '../events/events.ts';
import type { Move, Transfer } from '../ledger/ledger.ts';
import { asPiconero, type Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import { giveBack, settle, totalOf } from './moves.ts';
import type {
  Broadcast,
  Confirmed,
  Failed,
  OnChainWithdrawal,
  Prepared,
  Queued,
  SignedPayment,
  Withdrawal,
  WithdrawalFailure,
  WithdrawalState,
} from './withdrawals.ts';

type Transition = {
  to: WithdrawalState;
  /** The effect on the held amount and fee. */
  holds: 'keep' | 'post' | 'void';
  /** The event that reports the step; absent for steps that the account does not notice. */
  event?: WithdrawalEvent['type'];
};

/**
 * All steps of a withdrawal on the chain: state, action, next state, effect on its holds. Holds are settled only when a
 * payment is deep in the chain, or can never be mined.
 */
const TRANSITIONS = {
  queued: {
    send: { to: 'queued', holds: 'keep' },
    prepare: { to: 'prepared', holds: 'keep' },
    fail: { to: 'failed', holds: 'void', event: 'withdrawal_failed' },
  },
  prepared: {
    locate: { to: 'broadcast', holds: 'keep', event: 'withdrawal_broadcast' },
    markRival: { to: 'prepared', holds: 'keep' },
    requeue: { to: 'queued', holds: 'keep', event: 'withdrawal_requeued' },
  },
  broadcast: {
    locate: { to: 'broadcast', holds: 'keep' },
    markRival: { to: 'broadcast', holds: 'keep' },
    requeue: { to: 'queued', holds: 'keep', event: 'withdrawal_requeued' },
    confirm: { to: 'confirmed', holds: 'post', event: 'withdrawal_confirmed' },
  },
  confirmed: {},
  failed: {},
} as const satisfies Record<WithdrawalState, Record<string, Transition>>;

type Table = typeof TRANSITIONS;
type After<W extends OnChainWithdrawal, A extends keyof Table[W['state']]> = Table[W['state']][A] extends {
  to: infer To;
}
  ? Extract<OnChainWithdrawal, { state: To }>
  : never;

/** One step of a withdrawal: the version that was read, the next one, and everything that is written with it. */
export type Change<From = OnChainWithdrawal, To = OnChainWithdrawal> = {
  from: From;
  to: To;
  moves: readonly Move[];
  events: readonly WithdrawalEvent[];
};

/** The event of a withdrawal's newest version. */
export const withdrawalEvent = (
  type: WithdrawalEvent['type'],
  { id, accountId, version }: Withdrawal,
  at: Instant,
): WithdrawalEvent => ({ type, withdrawalId: id, accountIds: [accountId], version, at });

/**
 * The only place that changes state and version. `changedAt` changes with the state.
 *
 * @param fields the next withdrawal; its `state`, `version` and `changedAt` are replaced
 */
function step<W extends OnChainWithdrawal, A extends keyof Table[W['state']] & string>(
  from: W,
  action: A,
  fields: Omit<After<W, A>, 'state' | 'version' | 'changedAt'>,
  at: Instant,
): Change<W, After<W, A>> {
  const actions: Record<string, Transition> = TRANSITIONS[from.state];
  const transition = actions[action];
  if (!transition) throw new Error(`a ${from.state} withdrawal has no step ${action}`);
  const { to: state, holds, event } = transition;
  const changedAt = state === from.state ? from.changedAt : at;
  const to = { ...fields, state, changedAt, version: from.version + 1 } as After<W, A>;
  const moves = { keep: () => [], post: () => settle(to, at), void: () => giveBack(to, at) };
  return { from, to, moves: moves[holds](), events: event ? [withdrawalEvent(event, to, at)] : [] };
}

/** Counts a new attempt to send it to the queue, because the queue drops a repeated attempt for 5 minutes. */
export const resend = (w: Queued, at: Instant): Change<Queued, Queued> =>
  step(w, 'send', { ...w, attempt: w.attempt + 1, sentAt: at }, at);

/** Corrects `sentAt`, because the queue did not take the message. */
export const correctSentAt = (w: Queued, sentAt: Instant): Change<Queued, Queued> =>
  step(w, 'send', { ...w, sentAt }, w.changedAt);

/**
 * Stores a signed payment. With `max` the fee is the rest of the held total, so that amount and fee still add up to it.
 */
export const prepare = (
  w: Queued,
  { txid, amountPiconero, feePiconero, blob, keyImages }: SignedPayment,
  at: Instant,
): Change<Queued, Prepared> =>
  step(
    w,
    'prepare',
    {
      ...w,
      txid,
      prepared: { blob, keyImages },
      amountPiconero,
      feePiconero: w.max ? asPiconero(totalOf(w) - amountPiconero) : feePiconero,
    },
    at,
  );

/** Fails the withdrawal before any payment was stored, so that none can ever be mined. */
export const fail = (w: Queued, failureCode: WithdrawalFailure, at: Instant): Change<Queued, Failed> =>
  step(w, 'fail', { ...w, failureCode }, at);

/**
 * Notes that the transaction was relayed, or is known to the node.
 *
 * @param minedHeight height of its block, if it is in one
 */
export const locate = (
  w: Prepared | Broadcast,
  minedHeight: number | undefined,
  at: Instant,
): Change<Prepared | Broadcast, Broadcast> => {
  const { rivalSince: _, ...kept } = w;
  return step(w, 'locate', { ...kept, minedHeight }, at);
};

/**
 * Notes that another transaction in a block has spent the coins of this one, or that this is no longer so.
 *
 * @param rivalSince number of blocks in the chain when the rival was first seen; `undefined` if there is none
 */
export const markRival = (w: Prepared | Broadcast, rivalSince: number | undefined): Change =>
  step(w, 'markRival', { ...w, rivalSince }, w.changedAt);

/** Queues it again, because its transaction can never be mined. Amount and fee are the held ones again. */
export const requeue = (w: Prepared | Broadcast, at: Instant): Change<Prepared | Broadcast, Queued> => {
  const signed: Omit<Broadcast, 'state'> = w;
  const { txid: _txid, prepared: _prepared, minedHeight: _height, rivalSince: _since, ...unsigned } = signed;
  const feePiconero = w.feeHeldPiconero;
  const amountPiconero = w.max ? asPiconero(totalOf(w) - feePiconero) : w.amountPiconero;
  return step(w, 'requeue', { ...unsigned, amountPiconero, feePiconero }, at);
};

/** Confirms it, because its transaction is deep enough in the chain. The stored transaction is removed. */
export const confirm = (w: Broadcast, minedHeight: number, at: Instant): Change<Broadcast, Confirmed> => {
  const { prepared: _prepared, rivalSince: _since, ...kept } = w;
  return step(w, 'confirm', { ...kept, minedHeight }, at);
};

/** The status of a withdrawal's holds in each state, from the table. */
function holdStatus(state: WithdrawalState): Transfer['status'] {
  const transitions: Transition[] = Object.values(TRANSITIONS).flatMap((actions) => Object.values(actions));
  const settling = transitions.find(({ to, holds }) => to === state && holds !== 'keep');
  if (!settling) return 'pending';
  return settling.holds === 'post' ? 'posted' : 'voided';
}

type ExpectedTransfer = Pick<Transfer, 'id' | 'status' | 'amountPiconero'>;

/**
 * The transfers that the ledger must have for a withdrawal in its state. With `max` the fee has a transfer only at the
 * end.
 */
export function transfersOf(w: Withdrawal): { amount: ExpectedTransfer; fee?: ExpectedTransfer } {
  const transfer = (id: Transfer['id'], amountPiconero: Piconero): ExpectedTransfer => ({
    id,
    status: holdStatus(w.state),
    amountPiconero,
  });
  if (w.internal) return { amount: transfer(w.amountTransferId, w.amountPiconero) };
  if (!w.max)
    return {
      amount: transfer(w.amountTransferId, w.amountPiconero),
      fee: transfer(w.feeTransferId, w.feeHeldPiconero),
    };
  const amount = transfer(w.amountTransferId, totalOf(w));
  return w.state === 'confirmed' ? { amount, fee: transfer(w.feeTransferId, w.feePiconero) } : { amount };
}
