import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountId } from '#core/ids.ts';
import { type Balance, userAccount } from '#core/ledger/ledger.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import type { Offer } from '#core/offers/offers.ts';
import type { Offers } from '#core/offers/ports.ts';
import { coverAt, OFFERS_BY_RATE, OFFERS_FOR_COVER, rateAt } from './indexes.ts';
import { balanceKey, keyOf, offerIdIn } from './keys.ts';
import { offerItem } from './offer-items.ts';
import { queryKeys } from './query.ts';
import { transact, type Write } from './transact.ts';
import { unlessRefused } from './writes.ts';

/** `ledger` is needed where the cover of offers is decided, because a decision stands on a balance. */
export type OfferTables = { offers: string; ledger?: string };

/** The writes of offers. One with a decision of the cover is a transaction with a check of the balance. */
export function offerWrites(
  client: DynamoDBDocumentClient,
  { offers: table, ledger }: OfferTables,
): Pick<Offers, 'add' | 'save' | 'saveCover'> {
  const write = (put: Write<'changed_since'>, { ownerId }: Offer, seen: Balance | undefined) =>
    seen ? transact(client, [put, sameBalance(ledger, ownerId, seen)]) : putIf(client, put);
  return {
    async add(offer, seen) {
      if (seen) return write(newOffer(table, offer), offer, seen);
      await client.send(new PutCommand(newOffer(table, offer).Put!));
      return undefined;
    },
    save: (next, seen) => write(nextOffer(table, next, next.version - 1, seen), next, seen),
    saveCover: (next, seen) => write(nextOffer(table, next, next.version, seen), next, seen),
  };
}

/** More than any offer needs, in piconero. It has as many digits as a sort key of `for-cover`. */
const MAX_NEEDED = 10n ** 20n - 1n;

/** The offers that a balance or a market price may list or hide. */
export const offersToCover = (
  client: DynamoDBDocumentClient,
  table: string,
): Pick<Offers, 'turningAt' | 'decidedOutside'> => ({
  async turningAt(ownerId, { low, high }) {
    const range = { table, index: OFFERS_FOR_COVER, partition: ownerId };
    const found = await Promise.all([
      queryKeys(client, {
        ...range,
        from: coverAt(true, low < 0n ? 0n : low),
        to: coverAt(true, MAX_NEEDED),
      }),
      // An offer needs 1 piconero at least.
      high > 0n && queryKeys(client, { ...range, from: coverAt(false, 0n), to: coverAt(false, high + 1n) }),
    ]);
    return found.flatMap((items) => items || []).map((item) => offerIdIn(keyOf(item)));
  },
  async decidedOutside(currency, { low, high }, limit) {
    const range = { table, index: OFFERS_BY_RATE, partition: currency, limit };
    const found = await Promise.all([
      queryKeys(client, { ...range, to: rateAt(low) }),
      queryKeys(client, { ...range, from: rateAt(asMinorUnits(high + 1n)) }),
    ]);
    return found.flat().map((item) => offerIdIn(keyOf(item)));
  },
});

const newOffer = (TableName: string, offer: Offer): Write<'changed_since'> => ({
  Put: { TableName, Item: offerItem(offer), ConditionExpression: 'attribute_not_exists(pk)' },
  ifNot: 'changed_since',
});

/**
 * The races it closes: two changes of one offer, and a change and a decision of its cover. Each leaves the version and
 * the decision that it read, or nothing is written. Older offers have no decision.
 *
 * @param version that was read
 * @param seen set if `next` has a new decision
 */
function nextOffer(
  TableName: string,
  next: Offer,
  version: number,
  seen: Balance | undefined,
): Write<'changed_since'> {
  const cover = (next.cover?.version ?? 0) - (seen ? 1 : 0);
  const isSame = 'coverVersion = :cover';
  return {
    Put: {
      TableName,
      Item: offerItem(next),
      ConditionExpression: `#version = :read AND ${cover === 0 ? `(attribute_not_exists(coverVersion) OR ${isSame})` : isSame}`,
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':read': version, ':cover': cover },
    },
    ifNot: 'changed_since',
  };
}

/** The race it closes: the balance changes after the decision read it, and the later decision is written first. */
function sameBalance(
  TableName: string | undefined,
  ownerId: AccountId,
  { availablePiconero }: Balance,
): Write<'changed_since'> {
  const isSame = 'available = :seen';
  return {
    ConditionCheck: {
      TableName,
      Key: balanceKey(userAccount(ownerId)),
      ConditionExpression: availablePiconero === 0n ? `attribute_not_exists(pk) OR ${isSame}` : isSame,
      ExpressionAttributeValues: { ':seen': availablePiconero },
    },
    ifNot: 'changed_since',
  };
}

/** As a single write, because it costs half the write units of one in a transaction. */
async function putIf(client: DynamoDBDocumentClient, { Put, ifNot }: Write<'changed_since'>) {
  return (await unlessRefused(() => client.send(new PutCommand(Put!)))) ? undefined : ifNot;
}
