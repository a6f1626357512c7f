import type { TradeEvent } from '../events/events.ts';
import type { AccountId } from '../ids.ts';
import { type Move, post, type Transfer, voided } from '../ledger/ledger.ts';
import type { Piconero } from '../money/xmr.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { Instant } from '../time.ts';
import { givenBack, isHeldBack, type Moment, movedByMs, type Outage } from './outages.ts';
import {
  type Actor,
  holdIn,
  type Party,
  type PartyStep,
  type Role,
  requestAllows,
  STEPS,
  type StepName,
  type TradeState,
  takes,
} from './states.ts';
import { accountOf, type Dispute, historyOf, holdOf, type Trade, tradeEvent } from './trades.ts';

export function partyOf(trade: Trade, account: AccountId): Party | undefined {
  if (trade.buyerId === account) return 'buyer';
  return trade.sellerId === account ? 'seller' : undefined;
}

/** A person at a trade. `isModerator`: it has the rights of a moderator now. */
export type Person = { accountId: AccountId; isModerator: boolean };

/** The role of a person; `undefined` for strangers, and for moderators while nobody has opened a dispute. */
export function roleOf(trade: Trade, { accountId, isModerator }: Person): Role | undefined {
  return partyOf(trade, accountId) ?? (isModerator && trade.dispute ? 'arbitrator' : undefined);
}

/** Whether the payment window of an unpaid trade is over, so that its state depends on the timer. */
export const isPastWindow = (trade: Trade, now: Instant): boolean =>
  STEPS.expire.from.includes(trade.state) && now >= trade.paymentExpiresAt;

/**
 * The effective state. A trade past its payment window counts as expired even if the timer has not run yet, so that a
 * late timer never changes who gets the XMR; but not while an outage may still move the end of its window.
 */
export const stateAt = (trade: Trade, moment: Moment): TradeState =>
  isPastWindow(trade, moment.now) && !isHeldBack(trade, moment) ? 'expired' : trade.state;

/** The stored states whose effective state may be `state`, in the order in which a trade takes them. */
export const storedAs = (state: TradeState): readonly TradeState[] =>
  state === STEPS.expire.to ? [...STEPS.expire.from, state] : [state];

/** A step of a person, with everything that it says. */
export type Taken =
  | { name: PartyStep }
  | { name: 'openDispute'; reason: string }
  | { name: 'resolveDispute'; buyerPiconero: Piconero; note: string };

/** The trade after a step, with everything that is written together with it. */
export type Advanced = { next: Trade; moves: readonly Move[]; events: readonly TradeEvent[] };

/** The hold of a trade whose state does not change any more: what its parties have of it. */
export function settledHoldOf(trade: Trade): Pick<Transfer, 'status' | 'postedPiconero'> {
  const part = trade.dispute?.resolution?.buyerPiconero ?? trade.amountPiconero;
  switch (holdIn(trade.state)) {
    case 'keep':
      return { status: 'pending' };
    case 'void':
      return { status: 'voided' };
    default:
      if (part === 0n) return { status: 'voided' };
      return { status: 'posted', ...(part !== trade.amountPiconero && { postedPiconero: part }) };
  }
}

/**
 * The ledger's part of a trade's end. A posted part and the rest, which the seller gets back, are together the held
 * amount.
 */
function settle(trade: Trade, now: Instant): Move[] {
  const { status, postedPiconero } = settledHoldOf(trade);
  if (status === 'pending') return [];
  const held = holdOf(trade);
  return [status === 'voided' ? voided(held, now) : post(held, now, postedPiconero)];
}

/**
 * The settlement of a hold that no trade explains: it goes back to its payer if there is no such trade, and where the
 * trade says if that has ended. `undefined` while the trade goes on.
 */
export function strayMove(held: Transfer, trade: Trade | undefined, now: Instant): Move | undefined {
  if (trade?.holdId !== held.id) return voided(held, now);
  return settle(trade, now)[0];
}

/** The account of the party whose act it was; `undefined` for the arbitrator and the timer. */
function actingParty(trade: Trade, by: Actor): AccountId | undefined {
  if (by === 'both') return accountOf(trade, trade.cancellationAskedBy === 'seller' ? 'buyer' : 'seller');
  return by === 'buyer' || by === 'seller' ? accountOf(trade, by) : undefined;
}

type Change = Pick<Trade, 'cancellationAskedBy' | 'dispute'>;

function after(trade: Trade, name: StepName, by: Actor, now: Instant, change: Change = {}): Advanced {
  const { to, event } = STEPS[name];
  const { cancellationAskedBy: _, ...kept } = trade;
  const state = to === 'same' ? trade.state : to;
  const history = historyOf(trade);
  const next: Trade = {
    ...kept,
    ...change,
    state,
    history: to === 'same' ? history : [...history, { state, at: now, by }],
    changedAt: now,
    version: trade.version + 1,
  };
  return { next, moves: settle(next, now), events: [tradeEvent(event, next, actingParty(trade, by))] };
}

/** The fields that a step of `role` changes beside the state. Every step drops a request that it does not keep. */
function changeOf(trade: Trade, taken: Taken, role: Role, { accountId }: Person, now: Instant): Change {
  if (taken.name === 'openDispute')
    return { dispute: { openedBy: role as Party, reason: taken.reason, openedAt: now } };
  if (taken.name === 'resolveDispute') {
    const { buyerPiconero, note } = taken;
    const resolution = { buyerPiconero, note, at: now, by: accountId };
    return { dispute: { ...(trade.dispute as Dispute), resolution } };
  }
  const { request } = STEPS[taken.name];
  if (request === 'make') return { cancellationAskedBy: role as Party };
  const { cancellationAskedBy } = trade;
  return request === 'accept' && cancellationAskedBy ? { cancellationAskedBy } : {};
}

/** Who brought a trade into its present state. */
const lastActor = (trade: Trade): Actor | undefined => historyOf(trade).at(-1)?.by;

/** Whether this person has taken the step that led the trade to where it is. */
function isDone(trade: Trade, state: TradeState, taken: Taken, role: Role, person: Person): boolean {
  if (!STEPS[taken.name].doneIn.includes(state)) return false;
  const endedByBoth = lastActor(trade) === 'both';
  const resolution = trade.dispute?.resolution;
  switch (taken.name) {
    case 'cancelTrade':
      return !endedByBoth;
    case 'requestCancellation':
      return endedByBoth && trade.cancellationAskedBy === role;
    case 'acceptCancellation':
      return endedByBoth && trade.cancellationAskedBy !== role;
    case 'openDispute':
      return trade.dispute?.openedBy === role;
    case 'resolveDispute':
      return resolution?.by === person.accountId && resolution.buyerPiconero === taken.buyerPiconero;
    default:
      return true;
  }
}

/** The refusal of a decision about another amount than the trade has. */
const refusedShare = (trade: Trade, taken: Taken): Refusal | undefined =>
  taken.name === 'resolveDispute' && (taken.buyerPiconero < 0n || taken.buyerPiconero > trade.amountPiconero)
    ? refusal('amount_out_of_range')
    : undefined;

/**
 * The trade after a person's step with its ledger moves; `done` if this person has taken the step already; or the
 * refusal. Everything that a request says is checked here against the trade that is stored: who sends it, in which
 * role, in which state, and after which requests of the other party. The store then refuses it if the trade has
 * another version.
 */
export function advance(
  trade: Trade,
  taken: Taken,
  person: Person,
  moment: Moment,
): Advanced | 'done' | Refusal {
  const step = STEPS[taken.name];
  const role = roleOf(trade, person);
  if (!role) return refusal('not_found');
  if (!takes(role, step)) return refusal('not_your_step');
  const state = stateAt(trade, moment);
  if (isDone(trade, state, taken, role, person)) return 'done';
  const wrongShare = refusedShare(trade, taken);
  if (wrongShare) return wrongShare;
  if (!step.from.includes(state)) return refusal('out_of_order', { state });
  const allows = requestAllows(taken.name, role, trade.cancellationAskedBy);
  if (allows === 'done') return 'done';
  if (allows !== 'yes') return refusal(allows, allows === 'out_of_order' ? { state } : {});
  const by = step.request === 'accept' ? 'both' : role;
  const { now } = moment;
  return after(trade, taken.name, by, now, changeOf(trade, taken, role, person, now));
}

/** The trade after its expiry; `undefined` if it has not expired or has ended. */
export function expire(trade: Trade, moment: Moment): Advanced | undefined {
  const isDue = stateAt(trade, moment) === 'expired' && trade.state !== 'expired';
  return isDue ? after(trade, 'expire', 'time', moment.now) : undefined;
}

/** The trade whose payment window is moved by an outage; `undefined` if it has nothing to get back. */
export function moveWindow(trade: Trade, outage: Outage, now: Instant): Advanced | undefined {
  if (movedByMs(trade, outage) === 0) return undefined;
  const next = { ...givenBack(trade, outage), changedAt: now, version: trade.version + 1 };
  return { next, moves: [], events: [tradeEvent('trade_window_moved', next)] };
}
