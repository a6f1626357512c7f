import type { Cipher } from '../accounts/ports.ts';
import type { TradeEvent } from '../events/events.ts';
import type { HaltRows } from '../halts/ports.ts';
import type { Remembered } from '../idempotency.ts';
import type { AccountId, Ids, TradeId } from '../ids.ts';
import type { Move, Transfer } from '../ledger/ledger.ts';
import type { Offer } from '../offers/offers.ts';
import type { Offers, Prices } from '../offers/ports.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { PaymentAccount } from '../payment-accounts/payment-accounts.ts';
import type { PaymentAccounts } from '../payment-accounts/ports.ts';
import type { People } from '../people.ts';
import type { Rows } from '../rows.ts';
import type { Proof, ProofOutcome, StepUp } from '../step-up.ts';
import type { Clock, Instant } from '../time.ts';
import type { Timer } from './outages.ts';
import type { Advanced } from './rules.ts';
import type { TradeState } from './states.ts';
import type { Trade } from './trades.ts';

export interface Trades {
  get(id: TradeId): Promise<Trade | undefined>;
  /**
   * Writes the trade, its reference, the seller's hold, the events, the idempotency row and the counters of taker and
   * maker, all or nothing. `changed_since` if the offer or the payment account changed, or if an open trade of the
   * seller has the reference. `too_many_open` if the taker has `maxOpen` open trades or is deleted. `maker_deleted` if
   * the maker buys and is deleted. `halted` if takes are halted.
   */
  start(begin: {
    trade: Trade;
    taken: Pick<Offer, 'id' | 'version'>;
    /** The payment account whose details the trade has. */
    copied?: Pick<PaymentAccount, 'id' | 'accountId' | 'version'>;
    moves: readonly Move[];
    events: readonly TradeEvent[];
    remembered: Remembered;
    /** `untilFirstCompleted` applies until the taker has completed a trade on either side. */
    maxOpen: { untilFirstCompleted: number; afterwards: number };
  }): Promise<
    | 'insufficient_funds'
    | 'idempotency_key_reused'
    | 'changed_since'
    | 'too_many_open'
    | 'maker_deleted'
    | 'halted'
    | undefined
  >;
  /**
   * Writes the next version with its ledger moves and events, and spends the proof if there is one, all or nothing. A
   * completed trade is counted for both parties. An ended trade no longer counts as open for taker and maker, and its
   * reference is free again.
   * `changed_since` if another step was first.
   */
  save(advanced: Advanced, proof?: Proof): Promise<'changed_since' | ProofOutcome | undefined>;
  /**
   * Trades on either side, newest first. With `states` only those stored in one of these states. `states` must be in
   * the order in which a trade takes them, so that a trade that moves between two reads is found.
   */
  ofParty(account: AccountId, page: PageRequest, states?: readonly TradeState[]): Promise<Page<Trade>>;
  /**
   * Erases the texts and names of a deleted party from an ended trade: the terms and the reason of the dispute if that
   * party wrote them, the payment details if that party sold, and the names in the stored answer to startTrade.
   * Repeating it changes nothing.
   */
  forgetParty(trade: Trade, party: AccountId): Promise<void>;
  /** What the timer left at its last run. An earlier state may be read for a moment. */
  timer(): Promise<Timer | undefined>;
  /** Replaces what the timer left, or removes it. `changed_since` if another run has replaced it. */
  setTimer(next: Timer | undefined, last: Timer | undefined): Promise<'changed_since' | undefined>;
  /** All unpaid trades. One that moves while they are read may be read twice. */
  unpaid(page: PageRequest): Promise<Page<Trade>>;
  /** Holds of trades that are not settled and were opened before `before`, oldest first. */
  heldBefore(before: Instant, page: PageRequest): Promise<Page<Transfer>>;
  /** Settles a hold alone. `already_settled` if a step of its trade was first. */
  settleHold(move: Move): Promise<'already_settled' | undefined>;
  /** Unpaid trades whose payment window ended before `now`. */
  overdue(now: Instant, limit: number): Promise<Rows<Trade>>;
  /** Ended trades whose payment details were to be erased before `now`, and are not. */
  withOldDetails(now: Instant, limit: number): Promise<Rows<Trade>>;
  /** Erases the payment details of an ended trade. Repeating it changes nothing. */
  eraseDetails(trade: Trade): Promise<void>;
}

/** The ports of the use cases of trades. */
export type TradePorts = {
  trades: Trades;
  offers: Pick<Offers, 'get'>;
  halts: HaltRows;
  prices: Prices;
  paymentAccounts: Pick<PaymentAccounts, 'get'>;
  /** Seals and opens the details of payment accounts, and their copies in trades. */
  detailsCipher: Cipher;
  people: People;
  stepUp: StepUp;
  clock: Clock;
  ids: Ids;
};
