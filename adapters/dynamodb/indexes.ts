import { foldedUsername } from '#core/accounts/accounts.ts';
import type {
  AccountId,
  AttachmentId,
  DepositId,
  OfferId,
  ReviewId,
  TradeId,
  TransferId,
  WithdrawalId,
} from '#core/ids.ts';
import type { LedgerAccount } from '#core/ledger/ledger.ts';
import type { MinorUnits } from '#core/money/fiat.ts';
import type { Cover } from '#core/offers/offers.ts';
import type { PriceRange } from '#core/offers/ports.ts';
import { SEARCH_MIN_CHARACTERS } from '#core/reputation/limits.ts';
import type { Instant } from '#core/time.ts';
import type { TradeState } from '#core/trades/states.ts';

/**
 * All global secondary indexes, as declared in infra/tables (a test compares the two), and the functions that make
 * their keys. An item without these keys is not in the index. The table in keys.ts says who reads them and the cost.
 */
export type Index = { name: string; pk: string; sk: string };

/** The number in zero-padded digits, because sort keys are text: times in milliseconds, subaddress indexes. */
const sortable = (value: number) => value.toString().padStart(15, '0');
/** Sorts by time, and by id among those of one millisecond. */
export const timed = (at: Instant, id: string) => `${sortable(at)}#${id}`;

/** The points of a history of rates sort by time. */
export const historyOrder = (at: Instant) => sortable(at);

/** Open offers of one side, currency and kind of price, in the order of positionOf. */
export const OFFERS_BY_PRICE = { name: 'by-price', pk: 'pricePk', sk: 'priceSk' } as const;
export const priceRange = ({ side, currency, kind }: PriceRange) => `${side}#${currency}#${kind}`;

/** Open offers whose price has ever changed, in the order in which they took their present places. */
export const OFFERS_BY_MOVE = { name: 'by-move', pk: 'movePk', sk: 'moveSk' } as const;
export const moveMarket = ({ side, currency }: Pick<PriceRange, 'side' | 'currency'>) =>
  `${side}#${currency}`;
export const moveOrder = (at: Instant, id: OfferId) => timed(at, id);
/** Sorts after every move at `at` or earlier, because no id begins with `~`. */
export const movedAfter = (at: Instant) => `${sortable(at)}#~`;

/** Open offers, oldest first. One partition: it takes 1,000 writes of an offer a second. */
export const OFFERS_BY_AGE = { name: 'newest', pk: 'newestPk', sk: 'newestSk' } as const;
export const OPEN_OFFERS = 'open';

/** An owner's offers that a balance lists or hides: the listed ones, and the hidden ones, by the XMR that they need. */
export const OFFERS_FOR_COVER = { name: 'for-cover', pk: 'coverPk', sk: 'coverSk' } as const;
export const coverOrder = ({ isEnough, neededPiconero }: Cover, id: OfferId) =>
  `${coverAt(isEnough, neededPiconero)}#${id}`;
/** Sorts before every offer with this decision that needs so much or more. */
export const coverAt = (isEnough: boolean, needed: bigint) =>
  `${isEnough ? 'listed' : 'hidden'}#${amountOrder(needed)}`;
/** An amount of piconero or minor units in zero-padded digits. */
const amountOrder = (amount: bigint) => amount.toString().padStart(20, '0');

/** Those that follow the market, by the market price at which their cover was decided. */
export const OFFERS_BY_RATE = { name: 'by-rate', pk: 'ratePk', sk: 'rateSk' } as const;
/** Sorts by the price, in minor units, and by id among those of one price. */
export const rateOrder = (market: MinorUnits, id: OfferId) => `${rateAt(market)}#${id}`;
/** Sorts before every offer that was decided at `market` or a higher price. */
export const rateAt = (market: MinorUnits) => amountOrder(market);

/** All of an owner's offers, oldest first. */
export const OFFERS_BY_OWNER = { name: 'by-owner', pk: 'ownerId', sk: 'ownerSk' } as const;

/** A party's trades, oldest first. The keys never change, so that only the first write pays for them. */
export const TRADES_BY_BUYER = { name: 'by-buyer', pk: 'buyerId', sk: 'buyerSk' } as const;
export const TRADES_BY_SELLER = { name: 'by-seller', pk: 'sellerId', sk: 'sellerSk' } as const;

/** A party's trades in one state, oldest first. A change of state moves both keys. */
export const TRADES_BY_BUYER_STATE = { name: 'by-buyer-state', pk: 'buyerStatePk', sk: 'buyerSk' } as const;
export const TRADES_BY_SELLER_STATE = {
  name: 'by-seller-state',
  pk: 'sellerStatePk',
  sk: 'sellerSk',
} as const;
export const tradesIn = (party: AccountId, state: TradeState) => `${party}#${state}`;

/**
 * Unpaid trades, in the order in which their time runs out, and ended ones with payment details, in the order in which
 * these are erased; each in several partitions, so that none runs hot.
 */
export const TRADES_BY_EXPIRY = { name: 'by-expiry', pk: 'expiryPk', sk: 'expirySk' } as const;
const EXPIRY_SHARDS = 4;
const shards = (kind: 'unpaid' | 'details') =>
  Array.from({ length: EXPIRY_SHARDS }, (_, shard) => `${kind}#${shard}`);
export const EXPIRY_PARTITIONS = shards('unpaid');
export const DETAILS_PARTITIONS = shards('details');
/** One of these partitions for a trade, the same each time. */
export const partitionOf = (id: TradeId, partitions: readonly string[]) =>
  partitions[(id.charCodeAt(id.length - 1) + id.charCodeAt(id.length - 2)) % partitions.length];
export const expiryOrder = (at: Instant, id: TradeId) => timed(at, id);
/** Sorts before every trade whose time runs out at `at` or later. */
export const expiredBefore = (at: Instant) => `${sortable(at)}#`;

/** Trades with a dispute: those whose dispute is open, and those whose dispute has ended, oldest dispute first. */
export const TRADES_BY_DISPUTE = { name: 'by-dispute', pk: 'disputePk', sk: 'disputeSk' } as const;
export const disputesThatAre = (isOpen: boolean) => (isOpen ? 'open' : 'closed');

/** Holds of trades that are not settled, oldest first. One partition: it takes 1,000 holds a second. */
export const HOLDS_BY_AGE = { name: 'by-hold', pk: 'holdPk', sk: 'holdSk' } as const;
export const TRADE_HOLDS = 'trade';
/** Sorts before every hold that was opened at `at` or later. */
export const heldBefore = (at: Instant) => `${sortable(at)}#`;

/**
 * The indexes of a statement: by payer from the hold on, by payee once posted. House accounts are left out, because
 * their partition would be hot.
 */
export const TRANSFERS_BY_DEBIT = { name: 'by-debit', pk: 'debitPk', sk: 'debitSk' } as const;
export const TRANSFERS_BY_CREDIT = { name: 'by-credit', pk: 'creditPk', sk: 'creditSk' } as const;
export const statementOf = (account: LedgerAccount): string => account;
export const statementOrder = (at: Instant, id: TransferId) => timed(at, id);

/** One account's withdrawals or deposits, oldest first, and the addresses that it was given. */
export const PAYMENTS_BY_ACCOUNT = { name: 'by-account', pk: 'accountPk', sk: 'accountSk' } as const;
export const paymentsOf = (kind: 'withdrawal' | 'deposit' | 'address', account: AccountId) =>
  `${kind}#${account}`;
export const depositOrder = (seenAt: Instant, id: string) => timed(seenAt, id);

/** Withdrawals that a schedule follows, deposits by the watcher's lists, and the pool of addresses. */
export const PAYMENTS_BY_STATE = { name: 'by-state', pk: 'statePk', sk: 'stateSk' } as const;
export const withdrawalsIn = (state: 'queued' | 'broadcast') => `withdrawal#${state}`;
export const waitingOrder = (since: Instant, id: WithdrawalId) => timed(since, id);
export const FREE_ADDRESSES = 'address#free';
export const subaddressOrder = (major: number, minor: number) => `${sortable(major)}.${sortable(minor)}`;

/** The messages that one account has written, oldest first. */
export const MESSAGES_BY_SENDER = { name: 'by-sender', pk: 'senderId', sk: 'senderSk' } as const;

/** Trades with a talk, in the order in which it may be over, and uploads. One partition: it takes 1,000 new talks a second. */
export const TALKS_BY_CHECK = { name: 'by-check', pk: 'checkPk', sk: 'checkSk' } as const;
export const TALKS_TO_CHECK = 'talk';
/** Uploads of pictures, in the order in which they expire. */
export const ATTACHMENTS_TO_CHECK = 'attachment';
export const checkOrder = (at: Instant, id: TradeId | AttachmentId) => timed(at, id);
/** Sorts after everything that is checked at `at` or earlier, because no id begins with `~`. */
export const checkedBefore = (at: Instant) => `${sortable(at)}#~`;

/** The connections of all accounts, in several partitions, so that none runs hot. */
export const CONNECTED = { name: 'connected', pk: 'connectedPk', sk: 'connectionId' } as const;
const CONNECTED_SHARDS = 4;
export const CONNECTED_PARTITIONS = Array.from(
  { length: CONNECTED_SHARDS },
  (_, shard) => `connected#${shard}`,
);
/** The partition of a connection, by its first character, because the last one may be padding. */
export const connectedPartition = (connectionId: string) =>
  CONNECTED_PARTITIONS[connectionId.charCodeAt(0) % CONNECTED_SHARDS]!;

/** Reports and appeals that are not closed, or closed ones, oldest first. */
export const REPORTS_BY_QUEUE = { name: 'by-queue', pk: 'queuePk', sk: 'queueSk' } as const;
export const queueOf = (isClosed: boolean) => (isClosed ? 'closed' : 'open');

/** One account's reports and appeals, oldest first. */
export const REPORTS_BY_REPORTER = { name: 'by-reporter', pk: 'reporterId', sk: 'reporterSk' } as const;

/** Accounts by folded username. Its first two characters are the partition. Usernames are ASCII and sort before `~`. */
export const PEOPLE_BY_NAME = { name: 'by-name', pk: 'namePk', sk: 'nameSk' } as const;
/** The partition of the usernames that begin with `folded`, which has two characters or more. */
export const namesBeginning = (folded: string) => `name#${folded.slice(0, SEARCH_MIN_CHARACTERS)}`;
export const nameKeys = (username: string) => {
  const folded = foldedUsername(username);
  return { namePk: namesBeginning(folded), nameSk: folded };
};

/** Reviews about one account, in the order in which they are revealed. A removed one is not in it. */
export const REVIEWS_BY_SUBJECT = { name: 'by-subject', pk: 'subjectId', sk: 'subjectSk' } as const;
export const revealOrder = (revealAt: Instant, id: ReviewId) => timed(revealAt, id);
/** Sorts after every review that is revealed at `at` or earlier, because no id begins with `~`. */
export const revealedBy = (at: Instant) => `${sortable(at)}#~`;

/** The reviews that one account has written, oldest trade first. */
export const REVIEWS_BY_AUTHOR = { name: 'by-author', pk: 'authorId', sk: 'authorSk' } as const;

/** Deposits that every round of the watcher reads, oldest first. */
export const OPEN_DEPOSITS = 'deposit#open';
/** Credited deposits in the order of their blocks. */
export const CREDITED_DEPOSITS = 'deposit#credited';
/** Locked deposits, by the number of blocks or by the time at which they unlock, then by their blocks. */
export const LOCKED_BY_HEIGHT = 'deposit#locked#height';
export const LOCKED_BY_TIME = 'deposit#locked#time';
/** Sorts before every deposit of this block. */
export const minedAt = (height: number) => sortable(height);
export const minedOrder = (minedHeight: number, id: DepositId) => `${minedAt(minedHeight)}#${id}`;
/** @param unlock a number of blocks, or a time in milliseconds */
export const unlocksAt = (unlock: number) => sortable(unlock);
export const unlockOrder = (unlock: number, mined: string) => `${unlocksAt(unlock)}#${mined}`;
/** The height in a sort key of `minedOrder` or `unlockOrder`. */
export const minedHeightIn = (sortKey: string) => Number(sortKey.split('#').at(-2));
