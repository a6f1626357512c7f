import type { AccountId, NoticeId } from '../ids.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Clock } from '../time.ts';
import type { Notice } from './notices.ts';
import type { NoticeSettings } from './settings.ts';

export interface Notices {
  /** Those of an account, newest first. */
  ofAccount(accountId: AccountId, page: PageRequest): Promise<Page<Notice>>;
  /** The last notice that was marked as read, with all before it; `undefined` if none was. */
  readUpTo(accountId: AccountId): Promise<NoticeId | undefined>;
  /** The number of notices after the last one that was read, at most `MAX_COUNTED`. */
  unread(accountId: AccountId): Promise<number>;
  /** Marks a notice and all before it as read. Does nothing if a later one is marked. */
  markRead(accountId: AccountId, upTo: NoticeId): Promise<void>;
  /** Removes all but the newest `keep`, a page of them at a time. */
  trim(accountId: AccountId, keep: number): Promise<void>;
  /** The stored choice; `undefined` if there is none. */
  settings(accountId: AccountId): Promise<NoticeSettings | undefined>;
  saveSettings(accountId: AccountId, settings: NoticeSettings): Promise<void>;
  /** Removes the notices, the mark and the choice of an account. Repeating it changes nothing. */
  erase(accountId: AccountId): Promise<void>;
}

/** The ports of the use cases of notices. */
export type NoticePorts = { notices: Notices; clock: Clock };
