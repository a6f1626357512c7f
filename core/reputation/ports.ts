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
  /** Writes a pair with one trade more and the next versions of both standings, all or nothing. */
  count(counted: { pair: Pair; standings: readonly Standing[] }): Promise<'changed_since' | undefined>;
  /**
   * Writes a review with its event, the next version of its subject's standing and, if it counts, of the pair, and reveals
   * `other`, all or nothing.
   * Without `other` the other party has written none.
   * `already_reviewed` if its author has written one. `changed_since` if the other party or a trade was first.
   */
  add(written: {
    review: Review;
    other: Review | undefined;
    standing: Standing;
    pair: Pair | undefined;
    events: readonly ReviewEvent[];
  }): Promise<'already_reviewed' | 'changed_since' | undefined>;
  review(id: ReviewId): Promise<Review | undefined>;
  getMany(ids: readonly ReviewId[]): Promise<Review[]>;
  /** The reviews of a trade, at most two. */
  ofTrade(tradeId: TradeId): Promise<Review[]>;
  /** Those about an account that are hidden at `now`, the next to be revealed first. */
  hiddenAbout(subjectId: AccountId, now: Instant, limit: number): Promise<Review[]>;
  /** Those that are revealed by `now` and not removed, newest first. */
  revealedAbout(subjectId: AccountId, now: Instant, page: PageRequest): Promise<Page<Review>>;
  /** Those that an account has written, oldest first. */
  ofAuthor(authorId: AccountId, page: PageRequest): Promise<Page<Review>>;
  /** Erases the comment of a review. Repeating it changes nothing. */
  eraseComment(id: ReviewId): Promise<void>;
  /** Erases the standing of an account. Repeating it changes nothing. */
  eraseStanding(accountId: AccountId): Promise<void>;
}

/** A review that a moderator removes, and the next version of its subject's standing, unless that is erased. */
export type Removal = { review: Review; standing?: Standing };

/** Finds accounts by their usernames, whatever the case. It cannot read what only their owners may know. */
export interface Names {
  /** A deleted account is like one that never was. */
  named(folded: string): Promise<AccountId | undefined>;
  /** In alphabetical order. */
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
