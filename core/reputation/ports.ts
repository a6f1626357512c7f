import type { ReviewEvent } from '../events/events.ts';
import type { AccountId, ReviewId, TradeId } from '../ids.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { People } from '../people.ts';
import type { Clock, Instant } from '../time.ts';
import type { Trades } from '../trades/ports.ts';
import type { Review } from './reviews.ts';
import type { Pair, Standing } from './standings.ts';

export interface Reputation {
  standing(accountId: AccountId): Promise<Standing | undefined>;
  /** The counted trades of two accounts, in any order of the two. */
  pair(accountIds: readonly [AccountId, AccountId]): Promise<Pair | undefined>;
  /**
   * Writes the next versions of a pair and of both standings, all or nothing.
   *
   * @returns `changed_since` if another write of one of them came first
   */
  count(counted: { pair: Pair; standings: readonly Standing[] }): Promise<'changed_since' | undefined>;
  /**
   * Writes a review, its event, the next version of its subject's standing and, if it counts, of the pair, and sets
   * `revealAt` of `other`, all or nothing. `other` is absent if the other party has written no review.
   *
   * @returns `already_reviewed` if the author has reviewed this trade; `changed_since` if a review of the other party
   *   or a trade was written first, or `other` is removed
   */
  add(written: {
    review: Review;
    other: Review | undefined;
    standing: Standing;
    pair: Pair | undefined;
    events: readonly ReviewEvent[];
  }): Promise<'already_reviewed' | 'changed_since' | undefined>;
  review(id: ReviewId): Promise<Review | undefined>;
  /** Strongly consistent, in the order of `ids`. */
  getMany(ids: readonly ReviewId[]): Promise<Review[]>;
  /** The reviews of a trade, at most two, the buyer's first. */
  ofTrade(tradeId: TradeId): Promise<Review[]>;
  /** Reviews about an account that are revealed at `now` and not removed, newest first. Eventually consistent. */
  revealedAbout(subjectId: AccountId, now: Instant, page: PageRequest): Promise<Page<Review>>;
  /** Reviews by an account, oldest trade first. */
  ofAuthor(authorId: AccountId, page: PageRequest): Promise<Page<Review>>;
  /** Erases the comment of a review. Repeating it changes nothing. */
  eraseComment(id: ReviewId): Promise<void>;
  /** Erases the standing of an account. Repeating it changes nothing. */
  eraseStanding(accountId: AccountId): Promise<void>;
}

/** A review with `removedAt`, and the next version of its subject's standing, which is absent if it was erased. */
export type Removal = { review: Review; standing?: Standing };

/** Finds accounts by folded username (`foldedUsername`). It cannot read the private fields of accounts. */
export interface Names {
  /** `undefined` for an unknown or deleted account. */
  named(folded: string): Promise<AccountId | undefined>;
  /** Accounts whose folded username begins with `folded`, in alphabetical order. */
  beginningWith(folded: string, page: PageRequest): Promise<Page<AccountId>>;
}

/** The ports of the use cases of reputation. */
export type ReputationPorts = {
  reputation: Reputation;
  names: Names;
  people: People;
  trades: Pick<Trades, 'get'>;
  clock: Clock;
};
