import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountId, ReviewId, TradeId } from '#core/ids.ts';
import type { Log } from '#core/log.ts';
import type { Removal, Reputation } from '#core/reputation/ports.ts';
import { type Review, reviewId, reviewIdsOf } from '#core/reputation/reviews.ts';
import type { Pair, Standing, Weighed } from '#core/reputation/standings.ts';
import type { Instant } from '#core/time.ts';
import { PARTIES } from '#core/trades/states.ts';
import type { Item } from './client.ts';
import { REVIEWS_BY_AUTHOR, REVIEWS_BY_SUBJECT, revealedBy, revealOrder } from './indexes.ts';
import { pageOf, readerOf } from './items.ts';
import { keyOf, pairKey, reviewKey, standingKey } from './keys.ts';
import { type StoreParts, transactWithEvents } from './outbox.ts';
import { getMany, queryRange } from './query.ts';
import { transact, type Write } from './transact.ts';
import { unlessRefused } from './writes.ts';

/** Reviews, the standings of accounts, and pairs. */
export function dynamoReputation(
  client: DynamoDBDocumentClient,
  table: string,
  { events, log }: StoreParts,
): Reputation {
  return {
    ...countedTrades(client, table),
    ...readReviews(client, table, log),
    ...accountReviews(client, table, log),

    add: ({ review, other, standing, pair, events: happened }) =>
      transactWithEvents(
        client,
        [
          newReview(table, review),
          otherWrite(table, review, other),
          standingWrite(table, standing),
          ...(pair ? [pairWrite(table, pair)] : []),
        ],
        happened,
        events,
      ),
  };
}

/** Standings and pairs, for functions that count trades and read no reviews. */
export function countedTrades(
  client: DynamoDBDocumentClient,
  table: string,
): Pick<Reputation, 'standing' | 'pair' | 'count'> {
  const get = async (Key: { pk: string; sk: string }) =>
    (await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  return {
    async standing(accountId) {
      const item = await get(standingKey(accountId));
      return item && toStanding(item);
    },
    async pair(accountIds) {
      const item = await get(pairKey(accountIds));
      return item && toPair(item);
    },
    count: ({ pair, standings }) =>
      transact(client, [pairWrite(table, pair), ...standings.map((one) => standingWrite(table, one))]),
  };
}

/** Reviews by id, trade and subject. */
export function readReviews(
  client: DynamoDBDocumentClient,
  table: string,
  log: Pick<Log, 'error'>,
): Pick<Reputation, 'review' | 'getMany' | 'ofTrade' | 'revealedAbout'> {
  return {
    async review(id) {
      const command = new GetCommand({ TableName: table, Key: reviewKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && toReview(Item);
    },
    getMany: async (ids) => pageOf(await getMany(client, table, ids.map(reviewKey), 'strong'), toReview, log),
    async ofTrade(tradeId) {
      const keys = reviewIdsOf(tradeId).map(reviewKey);
      return (await getMany(client, table, keys, 'strong')).map(toReview);
    },
    async revealedAbout(subjectId, now, { after, limit }) {
      const { items, more } = await queryRange(client, {
        table,
        index: REVIEWS_BY_SUBJECT,
        partition: subjectId,
        after: after?.before ?? revealedBy(now),
        newestFirst: true,
        limit,
      });
      return { items: pageOf(items, toReview, log), ...(more !== undefined && { next: { before: more } }) };
    },
  };
}

/** The reviews by an account, and their erasure, for functions that may read no other reviews. */
export const accountReviews = (
  client: DynamoDBDocumentClient,
  table: string,
  log: Pick<Log, 'error'>,
): Pick<Reputation, 'ofAuthor' | 'eraseComment' | 'eraseStanding'> => ({
  async ofAuthor(authorId, { after, limit }) {
    const range = { table, index: REVIEWS_BY_AUTHOR, partition: authorId, after: after?.after };
    const { items, more } = await queryRange(client, { ...range, newestFirst: false, limit });
    const found = await getMany(client, table, items.map(keyOf), 'strong');
    return { items: pageOf(found, toReview, log), ...(more !== undefined && { next: { after: more } }) };
  },
  async eraseComment(id) {
    const command = new UpdateCommand({
      TableName: table,
      Key: reviewKey(id),
      UpdateExpression: 'REMOVE #comment',
      ConditionExpression: 'attribute_exists(pk)', // an update would write a new row
      ExpressionAttributeNames: { '#comment': 'comment' },
    });
    await unlessRefused(() => client.send(command));
  },
  async eraseStanding(accountId) {
    await client.send(new DeleteCommand({ TableName: table, Key: standingKey(accountId) }));
  },
});

/** The race it closes: one party writes two reviews at once. */
const newReview = (TableName: string, review: Review): Write<'already_reviewed'> => ({
  Put: { TableName, Item: reviewItem(review), ConditionExpression: 'attribute_not_exists(pk)' },
  ifNot: 'already_reviewed',
});

/**
 * The race it closes: both parties write at once. The second one finds the row of the first, and decides again. It is
 * an update and not a put, because the comment may be erased at the same time. A removed review stays out of the index.
 */
function otherWrite(
  TableName: string,
  { tradeId, by }: Review,
  other: Review | undefined,
): Write<'changed_since'> {
  if (!other) {
    const otherParty = PARTIES.find((party) => party !== by)!;
    const Key = reviewKey(reviewId(tradeId, otherParty));
    return {
      ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_not_exists(pk)' },
      ifNot: 'changed_since',
    };
  }
  return {
    Update: {
      TableName,
      Key: reviewKey(other.id),
      UpdateExpression: 'SET revealAt = :at, subjectSk = :order',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(removedAt)',
      ExpressionAttributeValues: { ':at': other.revealAt, ':order': revealOrder(other.revealAt, other.id) },
    },
    ifNot: 'changed_since',
  };
}

/** The writes that take a review out of the lists and out of its subject's rating. */
export const removalWrites = (
  TableName: string,
  { review: { id, removedAt }, standing }: Removal,
): Write<'changed_since'>[] => [
  {
    Update: {
      TableName,
      Key: reviewKey(id),
      UpdateExpression: 'SET removedAt = :at REMOVE subjectSk',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(removedAt)', // two reports of one review
      ExpressionAttributeValues: { ':at': removedAt },
    },
    ifNot: 'changed_since',
  },
  ...(standing ? [standingWrite(TableName, standing)] : []),
];

/** The race it closes: two trades, or a trade and a review, change one standing at once. */
const standingWrite = (TableName: string, standing: Standing): Write<'changed_since'> => ({
  Put: {
    TableName,
    Item: { ...standingKey(standing.accountId), ...standing },
    ...ifVersion(standing.version - 1),
  },
  ifNot: 'changed_since',
});

/** The race it closes: an event that is delivered twice at once, and two trades of one pair. */
const pairWrite = (TableName: string, pair: Pair): Write<'changed_since'> => ({
  Put: {
    TableName,
    Item: { ...pairKey(pair.accountIds), ...pair },
    ...ifVersion(pair.version - 1),
  },
  ifNot: 'changed_since',
});

/** The condition that the stored version is still the one that was read; 0 stands for no row. */
const ifVersion = (read: number) =>
  read === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :read',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':read': read },
      };

const reviewItem = (review: Review): Item => ({
  ...reviewKey(review.id),
  ...review,
  subjectSk: revealOrder(review.revealAt, review.id),
  authorSk: review.tradeId,
});

function toReview(item: Item): Review {
  const read = readerOf(item);
  const comment = read.optional('comment', read.text);
  const authorSince = read.optional('authorSince', read.integer<Instant>);
  const removedAt = read.optional('removedAt', read.integer<Instant>);
  return {
    id: read.text<ReviewId>('id'),
    tradeId: read.text<TradeId>('tradeId'),
    authorId: read.text<AccountId>('authorId'),
    subjectId: read.text<AccountId>('subjectId'),
    by: read.oneOf('by', PARTIES),
    rating: read.integer('rating'),
    ...(comment !== undefined && { comment }),
    at: read.integer<Instant>('at'),
    revealAt: read.integer<Instant>('revealAt'),
    weight: read.integer('weight'),
    ...(read.isMarked('uncounted') && { uncounted: true as const }),
    ...(authorSince !== undefined && { authorSince }),
    ...(removedAt !== undefined && { removedAt }),
  };
}

function toStanding(item: Item): Standing {
  const read = readerOf(item);
  return {
    accountId: read.text<AccountId>('accountId'),
    counterparties: read.integer('counterparties'),
    established: toWeighed(read.object('established')),
    young: read
      .objects('young')
      .map((one) => ({ ...toWeighed(one), since: readerOf(one).integer<Instant>('since') })),
    releaseMinutes: read.integers('releaseMinutes'),
    reviews: read.integer('reviews'),
    hidden: (read.optional('hidden', read.objects) ?? []).map((one) => {
      const { text, integer } = readerOf(one);
      return { id: text<ReviewId>('id'), until: integer<Instant>('until') };
    }),
    version: read.integer('version'),
  };
}

function toWeighed(item: Item): Weighed {
  const read = readerOf(item);
  return {
    trades: read.integer('trades'),
    piconero: read.piconero('piconero'),
    reviews: read.integer('reviews'),
    ratings: read.integer('ratings'),
  };
}

function toPair(item: Item): Pair {
  const read = readerOf(item);
  const [one, other] = read.texts<AccountId>('accountIds');
  return {
    accountIds: [one!, other!],
    tradeIds: read.texts<TradeId>('tradeIds'),
    authorIds: read.texts<AccountId>('authorIds'),
    version: read.integer('version'),
  };
}
