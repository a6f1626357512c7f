import type { AccountId, AttachmentId, Ids, MessageId, TradeId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Trade } from '../trades/trades.ts';
import type { PictureType } from './limits.ts';
import type { Speaker } from './states.ts';

export type Message = {
  id: MessageId;
  tradeId: TradeId;
  senderId: AccountId;
  from: Speaker;
  /** Absent once its sender has deleted the account. */
  text?: string | undefined;
  /** Absent without a picture, and once its sender has deleted the account. */
  picture?: Picture | undefined;
  at: Instant;
};

/** A picture without its metadata. */
export type Picture = { id: AttachmentId; contentType: PictureType; bytes: number };

/**
 * An upload that was announced. It waits for its message, and after it until the original is deleted. The schedule then
 * removes what a person or a process has left.
 */
export type Attachment = Picture & {
  tradeId: TradeId;
  ownerId: AccountId;
  /** Whether a message has the picture. */
  isSent: boolean;
  /** When the schedule removes it. */
  expiresAt: Instant;
};

/** One line about a step of the trade. */
export type SystemLine = { id: MessageId; from: 'system'; text: Trade['state']; at: Instant };

const SEPARATOR = '.';
const messageIdOf = (tradeId: TradeId, own: string) => `${tradeId}${SEPARATOR}${own}` as MessageId;

export const newMessageId = (ids: Ids, tradeId: TradeId): MessageId => messageIdOf(tradeId, ids.next());

/** The trade that an id of a message names. The id may be anything that a client has sent. */
export const tradeOf = (id: MessageId) => id.slice(0, Math.max(0, id.indexOf(SEPARATOR))) as TradeId;

const BASE_32 = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_DIGITS = 10;
const OTHER_DIGITS = 16;

/** The first ten digits of every id of this time: ids are ULIDs in lower case, whose digits are Crockford's base 32. */
const timeDigits = (at: Instant) =>
  Array.from({ length: TIME_DIGITS }, (_, place) => {
    const shifted = Math.floor(at / 32 ** (TIME_DIGITS - 1 - place));
    return BASE_32[shifted % 32];
  }).join('');

/** Sorts before all messages of the trade at `at`, and in the order of `count` among those of one time. */
export const firstIdAt = (tradeId: TradeId, at: Instant, count = 0): MessageId =>
  messageIdOf(tradeId, `${timeDigits(at)}${`${count}`.padStart(OTHER_DIGITS, '0')}`);
