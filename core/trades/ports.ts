import type { Remembered } from '../idempotency.ts';
import type { AccountId, TradeId } from '../ids.ts';
import type { Move } from '../ledger/ledger.ts';
import type { Offer } from '../offers/offers.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Proof, ProofOutcome } from '../step-up.ts';
import type { Instant } from '../time.ts';
import type { TradeState } from './states.ts';
import type { Trade } from './trades.ts';

export interface Trades {
  get(id: TradeId): Promise<Trade | undefined>;
  /**
   * The trade, the seller's hold, the key's answer and one more open trade of its taker: all or nothing.
   * `changed_since` when the offer is no longer the one that was taken, `too_many_open` when the taker has `maxOpen`
   * trades already.
   */
  start(begin: {
    trade: Trade;
    taken: Pick<Offer, 'id' | 'version'>;
    moves: readonly Move[];
    remembered: Remembered;
    /** The first number holds until the taker has completed a trade on either side. */
    maxOpen: { untilFirstCompleted: number; afterwards: number };
  }): Promise<
    'insufficient_funds' | 'idempotency_key_reused' | 'changed_since' | 'too_many_open' | undefined
  >;
  /**
   * Leaves the version that was read, with the ledger moves it causes; a completed trade counts for both parties, and
   * one that ended is no longer among its taker's open ones. `changed_since` when another step was first. The proof, if
   * there is one, is spent with it.
   */
  save(
    next: Trade,
    moves: readonly Move[],
    proof?: Proof,
  ): Promise<'changed_since' | ProofOutcome | undefined>;
  /**
   * Trades on either side, newest first. With `states` only those stored in one of them; a trade that moves from one to
   * a later one meanwhile is found, where `states` are in the order in which a trade takes them.
   */
  ofParty(account: AccountId, page: PageRequest, states?: readonly TradeState[]): Promise<Page<Trade>>;
  /** Unpaid trades whose payment window ended before `now`. */
  overdue(now: Instant, limit: number): Promise<Trade[]>;
}
