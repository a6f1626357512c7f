import type { Caller } from '#core/caller.ts';
import type {
  AccountId,
  AttachmentId,
  AuditEntryId,
  ChallengeId,
  DepositId,
  MailTokenId,
  MessageId,
  NoticeId,
  OfferId,
  PasskeyChallengeId,
  PasskeyId,
  PaymentAccountId,
  ReportId,
  ReviewId,
  TradeId,
  TransferId,
  WithdrawalId,
} from '#core/ids.ts';
import { type HouseAccount, houseAccount, type LedgerAccount } from '#core/ledger/ledger.ts';
import type { Slot } from '#core/live/ports.ts';
import { tradeOf } from '#core/talk/messages.ts';
import type { Speaker } from '#core/talk/states.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { historyOrder, timed } from './indexes.ts';

/**
 * All keys by table, with their use and the read capacity units (RCU) of one answer. Items are under 4 KB, and reads by
 * key are strongly consistent unless they cost 0.5. W: a conditional write uses the key. page: the index has whole
 * items, and 4 KB of them cost 0.5. keys: the index has only keys, and reading an item costs 1 more. A stored answer is
 * in the table of its operation. indexes.ts defines the entries of each index, and docs/permissions.md lists the
 * functions that may use each table.
 *
 * table         | access                     | key                          | RCU
 * --------------|----------------------------|------------------------------|-----
 * accounts      | an account                 | ACCOUNT#id                   | 1
 * accounts      | account of a username      | USERNAME#folded              | 1
 * accounts      | account of an e-mail       | EMAIL#folded                 | 1
 * accounts      | unfinished deletions       | DELETIONS                    | 1
 * sessions      | whether a session is live  | SESSIONS#account, id         | 1
 * sessions      | a session's tokens         | SESSIONS#account, id         | 1
 * sessions      | an account's sessions      | SESSIONS#account             | 1
 * sessions      | token of a mailed link     | TOKEN#id                     | 1
 * sessions      | an unfinished sign-in      | CHALLENGE#id                 | W
 * sessions      | the bucket of a throttle   | THROTTLE#bucket              | W
 * sessions      | whether a place is known   | KNOWN#name, place or device  | 0.5
 * sessions      | all known places           | KNOWN#name                   | 1
 * secondFactors | TOTP and recovery codes    | ACCOUNT#id                   | 1
 * secondFactors | a passkey                  | ACCOUNT#id, PASSKEY#id       | 1
 * secondFactors | an account's factors       | ACCOUNT#id                   | 1
 * secondFactors | a challenge for a passkey  | PASSKEY_CHALLENGE#challenge  | 1
 * secondFactors | the bucket of a throttle   | THROTTLE#bucket              | W
 * paymentAcc.   | one payment account        | PAYMENT_ACCOUNTS#account, id | 1
 * paymentAcc.   | an account's               | PAYMENT_ACCOUNTS#account     | page
 * paymentAcc.   | their number               | PAYMENT_ACCOUNTS#account     | W
 * people        | how others see an account  | PERSON#id                    | 0.5
 * people        | open trades, deletion mark | PERSON#id                    | W
 * people        | accounts by their names    | by-name: first two letters   | keys
 * offers        | one offer                  | OFFER#id                     | 1
 * offers        | a market, best price first | by-price: side#currency#kind | page
 * offers        | offers with a new place    | by-move: side#currency       | page
 * offers        | open offers, newest first  | newest: open                 | page
 * offers        | an owner's offers          | by-owner: account            | page
 * offers        | those a balance turns      | for-cover: account           | keys
 * offers        | those the market turns     | by-rate: currency            | keys
 * rates         | all present rates          | RATES                        | 0.5
 * rates         | history of rates           | HISTORY#distance in ms       | page
 * trades        | one trade                  | TRADE#id                     | 1
 * trades        | trades of a party          | by-buyer, by-seller: account | keys
 * trades        | trades in one state        | by-*-state: account#state    | keys
 * trades        | expired trades             | by-expiry: unpaid#shard      | keys
 * trades        | last run of the timer      | TIMER                        | 0.5
 * trades        | details to be erased       | by-expiry: details#shard     | keys
 * trades        | a reserved reference       | REFERENCE#seller#code        | W
 * trades        | disputed trades            | by-dispute: open or closed   | keys
 * ledger        | a balance                  | BALANCE#account              | 1
 * ledger        | a statement                | by-debit, by-credit: account | keys
 * ledger        | unsettled holds of trades  | by-hold: trade               | keys
 * ledger        | one transfer               | TRANSFER#id                  | 1
 * ledger        | faucet draws of a day      | FAUCET#account#day           | W
 * ledger        | stock of the faucet        | FAUCET                       | 1
 * ledger        | sum of users' balances     | BALANCE#house account, shard | 40
 * payments      | one withdrawal             | WITHDRAWAL#id                | 1
 * payments      | one deposit                | DEPOSIT#id                   | 1
 * payments      | owner of an address        | ADDRESS#address              | 1
 * payments      | payments of an account     | by-account: kind#account     | keys
 * payments      | withdrawals in one state   | by-state: withdrawal#state   | keys
 * payments      | the watcher's deposits     | by-state: deposit#list       | keys
 * payments      | free addresses             | by-state: address#free       | keys
 * payments      | address, pending sum       | RECEIVING#account            | 1
 * payments      | counters of its limits     | RECEIVING#account            | W
 * payments      | lease; payment in doubt    | PAYER                        | W
 * payments      | heartbeat of the watcher   | HEARTBEAT                    | 0.5
 * payments      | state of the watcher       | WATCHED                      | 1
 * payments      | number of subaddresses     | SUBADDRESSES                 | 0.5
 * talk          | one message                | MESSAGES#trade, id           | 1
 * talk          | messages of a trade        | MESSAGES#trade               | page
 * talk          | messages of an account     | by-sender: account           | keys
 * talk          | when messages were read    | READ#trade#speaker, message  | 0.5
 * talk          | whether a talk has begun   | TALK#trade                   | 0.5
 * talk          | talks that may be over     | by-check: talk               | keys
 * talk          | an upload of a picture     | ATTACHMENT#id                | 1
 * talk          | uploads that have expired  | by-check: attachment         | keys
 * talk          | the bucket of a throttle   | THROTTLE#bucket              | W
 * reputation    | one review                 | REVIEW#id                    | 1
 * reputation    | the reviews of a trade     | REVIEW#id, of both parties   | 2
 * reputation    | reviews about an account   | by-subject: account          | page
 * reputation    | reviews by an account      | by-author: account           | keys
 * reputation    | the standing of an account | STANDING#account             | 1
 * reputation    | counted trades of a pair   | PAIR#account#account         | 1
 * moderation    | a report or appeal         | REPORT#id                    | 1
 * moderation    | reports by queue           | by-queue: open or closed     | page
 * moderation    | reports of an account      | by-reporter: account         | page
 * moderation    | number of open reports     | REPORTER#id                  | W
 * moderation    | the audit log              | AUDIT                        | page
 * moderation    | listed roles, suspensions  | LISTED                       | page
 * halts         | all halts                  | HALTS#copy                   | 1
 * halts         | whether one is on          | HALTS#copy                   | W
 * events        | an undelivered event       | OUTBOX#shard                 | W
 * events        | undelivered events         | OUTBOX#shard                 | 1
 * notices       | notices of an account      | NOTICES#account              | page
 * notices       | mark and choice            | NOTICE_SETTINGS#account      | 0.5
 * live          | a ticket or connection     | LIVE#account, slot           | W
 * live          | connections of an account  | LIVE#account                 | page
 * live          | one or all connections     | connected: shard             | page
 * live          | last hint about the market | MARKET_HINT                  | W
 * (several)     | a stored answer            | IDEMPOTENCY#account#op#key   | 1
 */
export type Key = { pk: string; sk: string };
const key = (pk: string, sk = '-'): Key => ({ pk, sk });
/** The primary key of an item, also of one from a KEYS_ONLY index. */
export const keyOf = ({ pk, sk }: Item) => key(pk as string, sk as string);

const ADDRESS = 'ADDRESS#';
const OFFER = 'OFFER#';
const DEPOSIT = 'DEPOSIT#';

export const accountKey = (id: AccountId) => key(`ACCOUNT#${id}`);
export const usernameKey = (folded: string) => key(`USERNAME#${folded}`);
export const emailKey = (folded: string) => key(`EMAIL#${folded}`);
/** The partition of an account's sessions. One partition, so that a strongly consistent query finds all of them. */
export const sessionsPartition = (accountId: AccountId) => `SESSIONS#${accountId}`;
export const sessionKey = ({ accountId, sessionId }: Caller) => key(sessionsPartition(accountId), sessionId);
/** The token of a mailed link. */
export const mailTokenKey = (id: MailTokenId) => key(`TOKEN#${id}`);
export const challengeKey = (id: ChallengeId) => key(`CHALLENGE#${id}`);
/** In the partition of the account's second factors, so that one strongly consistent query finds all of them. */
export const passkeyKey = (accountId: AccountId, id: PasskeyId) =>
  key(accountKey(accountId).pk, `PASSKEY#${id}`);
export const passkeyChallengeKey = (id: PasskeyChallengeId) => key(`PASSKEY_CHALLENGE#${id}`);
/** Tokens of a throttle: how many tries are left. */
export const throttleKey = (bucket: string) => key(`THROTTLE#${bucket}`);
/** An address or a device that an account has signed in from. */
export function knownPlaceKey(place: string): Key {
  const [name, ...rest] = place.split('#');
  return key(knownPlacesPartition(name!), rest.join('#'));
}
/** The partition of the places that one username has signed in from, so that a deletion finds all of them. */
export const knownPlacesPartition = (nameDigest: string) => `KNOWN#${nameDigest}`;
/** The place in a key of `knownPlaceKey`. */
export const placeIn = ({ pk, sk }: Key) => `${pk.slice('KNOWN#'.length)}#${sk}`;
/** Deletions of accounts that are not finished. One partition, because few are under way at a time. */
export const DELETIONS_PARTITION = 'DELETIONS';
export const deletionKey = (at: Instant, id: AccountId) => key(DELETIONS_PARTITION, timed(at, id));
/** In one partition, so that one strongly consistent query finds all of an account. */
export const paymentAccountKey = (accountId: AccountId, id: PaymentAccountId) =>
  key(`PAYMENT_ACCOUNTS#${accountId}`, id);
/** How many payment accounts an account has. It sorts before them. */
export const paymentAccountCountKey = (accountId: AccountId) => key(`PAYMENT_ACCOUNTS#${accountId}`);
export const personKey = (id: AccountId) => key(`PERSON#${id}`);
export const reviewKey = (id: ReviewId) => key(`REVIEW#${id}`);
export const standingKey = (id: AccountId) => key(`STANDING#${id}`);
/** The counted trades and reviews of two accounts, in any order of the two. */
export const pairKey = (accountIds: readonly [AccountId, AccountId]) =>
  key(`PAIR#${[...accountIds].sort().join('#')}`);
export const offerKey = (id: OfferId) => key(`${OFFER}${id}`);
/** The offer id in a key of `offerKey`, because a KEYS_ONLY index returns nothing else. */
export const offerIdIn = ({ pk }: Key) => pk.slice(OFFER.length) as OfferId;
/** The rates of the last update. */
export const RATES_KEY = key('RATES');
/** The points of a history that are `stepMs` apart. */
export const rateHistoryPartition = (stepMs: number) => `HISTORY#${stepMs}`;
export const rateHistoryKey = (stepMs: number, at: Instant) =>
  key(rateHistoryPartition(stepMs), historyOrder(at));
export const tradeKey = (id: TradeId) => key(`TRADE#${id}`);
/** Reserves the reference of an open trade, so that no other open trade of the seller gets it. */
export const referenceKey = (seller: AccountId, reference: string) => key(`REFERENCE#${seller}#${reference}`);
const TALK = 'TALK#';
/** The place of a trade in the list of talks that are erased later. */
export const talkKey = (id: TradeId) => key(`${TALK}${id}`);
/** The trade in a key of `talkKey`, because a KEYS_ONLY index returns nothing else. */
export const tradeOfTalk = ({ pk }: Key) => pk.slice(TALK.length) as TradeId;
/** In a partition of its own for each trade, which sorts by time. */
export const messageKey = (id: MessageId) => key(`MESSAGES#${tradeOf(id)}`, id);
/** An upload that was announced, until it is sent or removed. */
export const attachmentKey = (id: AttachmentId) => key(`ATTACHMENT#${id}`);
/** That a speaker has read the talk of a trade up to a message. */
export const readMarkKey = (trade: TradeId, speaker: Speaker, upTo: MessageId) =>
  key(`READ#${trade}#${speaker}`, upTo);
export const transferKey = (id: TransferId) => key(`TRANSFER#${id}`);
export const withdrawalKey = (id: WithdrawalId) => key(`WITHDRAWAL#${id}`);
export const depositKey = (id: DepositId) => key(`${DEPOSIT}${id}`);
/** The deposit id in a key of `depositKey`, because a KEYS_ONLY index returns nothing else. */
export const depositIdIn = ({ pk }: Key) => pk.slice(DEPOSIT.length) as DepositId;
export const addressKey = (address: string) => key(`${ADDRESS}${address}`);
/** The address in a key of `addressKey`, because a KEYS_ONLY index returns nothing else. */
export const addressIn = ({ pk }: Key) => pk.slice(ADDRESS.length);
/** In payments: an account's deposit address, pending sum, number of unused addresses and of queued withdrawals. */
export const receivingKey = (id: AccountId) => key(`RECEIVING#${id}`);
export const reportKey = (id: ReportId) => key(`REPORT#${id}`);
/** How many reports of an account are not closed. */
export const reporterKey = (id: AccountId) => key(`REPORTER#${id}`);
/** The partition of the audit log. One suffices, because people act seldom. */
export const AUDIT_LOG = 'AUDIT';
export const auditEntryKey = (at: Instant, id: AuditEntryId) => key(AUDIT_LOG, timed(at, id));
/** The copies of the halts. */
const HALT_COPIES = 8;
export const HALT_SHARDS = Array.from({ length: HALT_COPIES }, (_, shard) => shard);
export const haltsKey = (shard: number) => key(`HALTS#${shard}`);
/** The copy that a transaction with this id checks. */
export const haltShard = (id: string) => spread(id, HALT_COPIES);
/** The partition of the accounts that have a role or a suspension. */
export const LISTED = 'LISTED';
export const listedKey = (id: AccountId) => key(LISTED, id);
export const PAYER_KEY = key('PAYER');
export const HEARTBEAT_KEY = key('HEARTBEAT');
/** The last run of the timer of trades. */
export const TIMER_KEY = key('TIMER');
export const WATCHED_KEY = key('WATCHED');
/** How many subaddresses the wallet must know. */
export const SUBADDRESSES_KEY = key('SUBADDRESSES');
/** The stock of the faucet. */
export const FAUCET_KEY = key('FAUCET');
/** The sum of an account's draws from the faucet on a day (UTC). */
export const drawnKey = (account: AccountId, day: string) => key(`FAUCET#${account}#${day}`);

export const idempotencyKey = (accountId: AccountId, operation: string, idempotency: string) =>
  key(`IDEMPOTENCY#${accountId}#${operation}#${idempotency}`);

/** The partition of an account's notices. */
export const noticesPartition = (accountId: AccountId) => `NOTICES#${accountId}`;
export const noticeKey = (accountId: AccountId, id: NoticeId) => key(noticesPartition(accountId), id);
/** The last notice that an account has read, and its choice of mails and notifications. */
export const noticeSettingsKey = (accountId: AccountId) => key(`NOTICE_SETTINGS#${accountId}`);

/** The partition of an account's tickets and connections. */
export const liveSlotsPartition = (accountId: AccountId) => `LIVE#${accountId}`;
export const liveSlotKey = ({ accountId, slot }: Slot) =>
  key(liveSlotsPartition(accountId), String(slot).padStart(2, '0'));
/** When the last hint about the market was sent. One item, because it is written twice a second at most. */
export const MARKET_HINT_KEY = key('MARKET_HINT');

/** Undelivered events are spread over these partitions: one takes 1,000 write units a second at most. */
const OUTBOX_SHARDS = 4;
const outboxPartition = (shard: number) => `OUTBOX#${shard}`;
export const OUTBOX_PARTITIONS = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => outboxPartition(shard));

/** Events sort by their time. */
export const eventKey = (at: Instant, eventId: string) =>
  key(outboxPartition(spread(eventId, OUTBOX_SHARDS)), timed(at, eventId));
/** Sorts before every event or deletion of `at` or later. */
export const eventsBefore = (at: Instant) => timed(at, '');

/** A shard of `count` for an id, the same each time. */
const spread = (id: string, count: number) =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % count;

/** House accounts are spread over this many items: one item takes 1,000 write units a second at most. */
const HOUSE_SHARDS = 8;

/** The shard of its house accounts that a transfer books in. */
export const houseShard = (transfer: TransferId) => spread(transfer, HOUSE_SHARDS);

export const balanceKey = (account: LedgerAccount, shard?: number) =>
  key(`BALANCE#${account}`, shard === undefined ? '-' : `${shard}`);

/** Every shard of a house account. */
export const houseBalanceKeys = (name: HouseAccount): Key[] =>
  Array.from({ length: HOUSE_SHARDS }, (_, shard) => balanceKey(houseAccount(name), shard));
