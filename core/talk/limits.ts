import { DAY_MS, SECOND_MS } from '../time.ts';

/** UTF-16 units. */
export const MESSAGE_MAX_LENGTH = 2_000;

/** Messages of one account, in all its trades together. */
export const MESSAGES_OF_ACCOUNT = { burst: 60, everyMs: 2 * SECOND_MS } as const;

/** Messages of one account in one trade, so that nobody can bury what the other party wrote. */
export const MESSAGES_IN_TRADE = { burst: 30, everyMs: 4 * SECOND_MS } as const;

/** How long the talk of a trade is kept after its end. */
export const TALK_KEPT_MS = 30 * DAY_MS;

/** DynamoDB TTL of messages, in case the schedule that erases them fails. Longer than a trade and its 30 days take. */
export const MESSAGE_TTL_MS = 365 * DAY_MS;

/** The pictures that people may send. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

export const PICTURE_MAX_BYTES = 5 * 1_024 * 1_024;

/** Of a picture in memory: a larger one could exhaust the memory of whoever looks at it. */
export const PICTURE_MAX_PIXELS = 25_000_000;

/** Uploads of one side in one trade, also those that were never sent. */
export const PICTURES_IN_TRADE = 20;

/** Uploads of one account, in all its trades together. */
export const PICTURES_OF_ACCOUNT = { burst: 30, everyMs: 60 * SECOND_MS } as const;

/** How long an upload may take, and wait for its message. */
export const ATTACHMENT_WAITS_MS = 60 * 60 * SECOND_MS;
