import type { AccountId, ReviewId } from '#core/ids.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import type { Removal, Reputation } from '#core/reputation/ports.ts';
import { type Review, reviewIdsOf } from '#core/reputation/reviews.ts';
import type { Pair, Standing } from '#core/reputation/standings.ts';
import type { MemoryBooks } from './books.ts';

/** `canRemove` and `remove` are for the fake of moderation. */
export type MemoryReputation = Reputation & {
  canRemove(removal: Removal): boolean;
  remove(removal: Removal): void;
};

const nameOf = ([one, other]: Pair['accountIds']) => [one, other].sort().join(' ');
const orderOf = ({ revealAt, id }: Review) => `${revealAt.toString().padStart(15, '0')}#${id}`;

/** A page of a sorted list. The position is the order of the last item that was seen. */
function pageOf(
  all: Review[],
  { limit, after }: PageRequest,
  orderOf: (one: Review) => string,
): Page<Review> {
  const from = after ? all.findIndex((one) => orderOf(one) === after.at) + 1 : 0;
  const items = all.slice(from, from + limit);
  return from + limit < all.length ? { items, next: { at: orderOf(items.at(-1)!) } } : { items };
}

export function memoryReputation({ books }: { books: MemoryBooks }): MemoryReputation {
  const standings = new Map<AccountId, Standing>();
  const pairs = new Map<string, Pair>();
  const reviews = new Map<ReviewId, Review>();
  const all = () => [...reviews.values()];
  const isStale = ({ accountId, version }: Standing) =>
    (standings.get(accountId)?.version ?? 0) !== version - 1;
  const isStalePair = ({ accountIds, version }: Pair) =>
    (pairs.get(nameOf(accountIds))?.version ?? 0) !== version - 1;
  const store = (standing: Standing) => void standings.set(standing.accountId, standing);
  return {
    standing: async (id) => standings.get(id),
    pair: async (accountIds) => pairs.get(nameOf(accountIds)),
    async count({ pair, standings: next }) {
      if (isStalePair(pair) || next.some(isStale)) return 'changed_since';
      pairs.set(nameOf(pair.accountIds), pair);
      for (const one of next) store(one);
      return undefined;
    },
    async add({ review, other, standing, pair, events }) {
      if (reviews.has(review.id)) return 'already_reviewed';
      const written = all().some(({ tradeId }) => tradeId === review.tradeId);
      const isOlder = isStale(standing) || (pair && isStalePair(pair));
      const isRemoved = other && reviews.get(other.id)?.removedAt !== undefined;
      if (written !== (other !== undefined) || isRemoved || isOlder) return 'changed_since';
      reviews.set(review.id, review);
      if (other) reviews.set(other.id, { ...reviews.get(other.id)!, revealAt: other.revealAt });
      store(standing);
      if (pair) pairs.set(nameOf(pair.accountIds), pair);
      books.apply([], events);
      return undefined;
    },
    canRemove: ({ review, standing }) =>
      reviews.has(review.id) &&
      reviews.get(review.id)?.removedAt === undefined &&
      !(standing && isStale(standing)),
    remove({ review, standing }) {
      reviews.set(review.id, review);
      if (standing) store(standing);
    },
    ...listed(reviews),
    async eraseStanding(id) {
      standings.delete(id);
    },
  };
}

const byTrade = (a: Review, b: Review) => (a.tradeId < b.tradeId ? -1 : 1);

/** The lists of reviews, and the erasure of comments. */
function listed(
  reviews: Map<ReviewId, Review>,
): Omit<Reputation, 'standing' | 'pair' | 'count' | 'add' | 'eraseStanding'> {
  const all = () => [...reviews.values()];
  const known = (ids: readonly ReviewId[]) =>
    ids.map((id) => reviews.get(id)).filter((one) => one !== undefined);
  const about = (subjectId: AccountId) =>
    all()
      .filter((review) => review.subjectId === subjectId && review.removedAt === undefined)
      .sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
  return {
    review: async (id) => reviews.get(id),
    getMany: async (ids) => known(ids),
    ofTrade: async (tradeId) => known(reviewIdsOf(tradeId)),
    revealedAbout: async (subjectId, now, page) =>
      pageOf(
        about(subjectId).filter(({ revealAt }) => revealAt <= now),
        page,
        orderOf,
      ),
    ofAuthor: async (authorId, page) =>
      pageOf(
        all()
          .filter((review) => review.authorId === authorId)
          .sort(byTrade),
        page,
        ({ tradeId }) => tradeId,
      ),
    async eraseComment(id) {
      const stored = reviews.get(id);
      if (!stored) return;
      const { comment: _, ...rest } = stored;
      reviews.set(id, rest);
    },
  };
}
