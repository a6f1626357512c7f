import type { Buckets } from '../accounts/ports.ts';
import type { Role } from '../accounts/standing.ts';
import type { Remembered } from '../idempotency.ts';
import type { AccountId, AttachmentId, Ids, MessageId, TradeId } from '../ids.ts';
import type { HintQueue } from '../live/ports.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Clock, Instant } from '../time.ts';
import type { Trades } from '../trades/ports.ts';
import type { PictureType } from './limits.ts';
import type { Attachment, Message } from './messages.ts';
import type { Speaker } from './states.ts';

/** A mark: everything up to this message was read, at this time. */
export type ReadMark = { upTo: MessageId; at: Instant };

/** The messages of trades. */
export interface Talks {
  /** Lists the trade among those whose talk is erased later. Does nothing if it is listed. */
  open(tradeId: TradeId, eraseCheckAt: Instant): Promise<void>;
  /**
   * Stores a message with the answer to its key, and marks its attachment as sent, all or nothing. `attachment_gone` if
   * another message has it, or it has expired.
   */
  add(
    message: Message,
    remembered: Remembered,
    attachment?: Attachment,
  ): Promise<'idempotency_key_reused' | 'attachment_gone' | undefined>;
  get(id: MessageId): Promise<Message | undefined>;
  getMany(ids: readonly MessageId[]): Promise<Message[]>;
  /** The messages of a trade, newest first. Strongly consistent. */
  page(tradeId: TradeId, page: PageRequest): Promise<Page<Message>>;
  /** Stores a mark. `older` if the speaker has one for this message or a newer one. */
  mark(tradeId: TradeId, speaker: Speaker, mark: ReadMark): Promise<'older' | undefined>;
  /** The marks of a speaker from a message on, oldest first. */
  marks(tradeId: TradeId, speaker: Speaker, from: MessageId, limit: number): Promise<ReadMark[]>;
  /** The messages that an account has written, oldest first. */
  ofSender(sender: AccountId, page: PageRequest): Promise<Page<Message>>;
  /** Erases the text of a message, and what it knows of a picture. Does nothing if the message is gone. */
  eraseContent(id: MessageId): Promise<void>;
  /** The trades whose talk may have to be erased, at most `limit`. */
  toCheck(now: Instant, limit: number): Promise<TradeId[]>;
  /** Lists the trade again for a later time. */
  checkAt(tradeId: TradeId, at: Instant): Promise<void>;
  /** Erases all messages and marks of a trade, and then takes it from the list. May be repeated. */
  erase(tradeId: TradeId): Promise<void>;
  /** Stores an upload of a speaker, in a talk that was opened. `too_many_open` beyond PICTURES_IN_TRADE. */
  addAttachment(attachment: Attachment, speaker: Speaker): Promise<'too_many_open' | undefined>;
  attachment(id: AttachmentId): Promise<Attachment | undefined>;
  /** Those that expired before `now`, at most `limit`. */
  expiredAttachments(now: Instant, limit: number): Promise<Attachment[]>;
  /** Does nothing if it is gone. */
  removeAttachment(id: AttachmentId): Promise<void>;
}

/** The store of pictures. Clients upload originals to it and load pictures from it, by addresses that expire. */
export interface Pictures {
  /** Where and with which headers the original is uploaded. */
  upload(
    attachment: Attachment,
    now: Instant,
  ): Promise<{ uploadUrl: string; headers: Record<string, string> }>;
  /** The addresses of pictures. They stay the same for some minutes, so that a browser loads a picture once. */
  addresses(now: Instant): Promise<(id: AttachmentId) => string>;
  /** `undefined` if nothing was uploaded. */
  original(id: AttachmentId): Promise<Uint8Array | undefined>;
  keep(id: AttachmentId, picture: Uint8Array, type: PictureType): Promise<void>;
  /** Does nothing if it is gone. */
  removeOriginal(id: AttachmentId): Promise<void>;
  /** Does nothing if it is gone. */
  remove(id: AttachmentId): Promise<void>;
}

/** Removes everything but the picture from a file; `undefined` if it is no such picture, or too large in memory. */
export type CleanPicture = (file: Uint8Array, type: PictureType) => Uint8Array | undefined;

/** The ports of the use cases of the talk. */
export type TalkPorts = {
  trades: Pick<Trades, 'get'>;
  talks: Talks;
  pictures: Pictures;
  cleanPicture: CleanPicture;
  /** Takes hints about messages that are new or were read. */
  hints: HintQueue;
  /** Where the messages of an account in one trade are counted. */
  buckets: Buckets;
  clock: Clock;
  ids: Ids;
};

/** The `call` of the use cases of the talk. */
export type TalkCall = {
  /** Of the caller's session; a suspended moderator counts as a member. */
  role: Role;
};
