import type { AccountId, NoticeId } from '#core/ids.ts';
import { MAX_COUNTED } from '#core/notices/limits.ts';
import type { Notices } from '#core/notices/ports.ts';
import type { NoticeSettings } from '#core/notices/settings.ts';
import type { MemoryBooks } from './books.ts';

/** The notices of these books, with the marks and choices of their accounts. */
export function memoryNotices({ notices }: Pick<MemoryBooks, 'notices'>): Notices {
  const marks = new Map<AccountId, NoticeId>();
  const choices = new Map<AccountId, NoticeSettings>();
  const newest = (accountId: AccountId) =>
    [...notices.values()].filter((one) => one.accountId === accountId).sort((a, b) => (a.id < b.id ? 1 : -1));
  return {
    async ofAccount(accountId, { after, limit }) {
      const found = newest(accountId).filter(({ id }) => !after || id < after.before!);
      const items = found.slice(0, limit);
      return found.length > limit ? { items, next: { before: items.at(-1)!.id } } : { items };
    },
    readUpTo: async (accountId) => marks.get(accountId),
    async unread(accountId) {
      const mark = marks.get(accountId);
      const found = newest(accountId).filter(({ id }) => mark === undefined || id > mark);
      return Math.min(found.length, MAX_COUNTED);
    },
    async markRead(accountId, upTo) {
      const mark = marks.get(accountId);
      if (mark === undefined || mark < upTo) marks.set(accountId, upTo);
    },
    async trim(accountId, keep) {
      for (const { id } of newest(accountId).slice(keep)) notices.delete(`${accountId} ${id}`);
    },
    settings: async (accountId) => choices.get(accountId),
    async saveSettings(accountId, settings) {
      choices.set(accountId, settings);
    },
    async erase(accountId) {
      for (const { id } of newest(accountId)) notices.delete(`${accountId} ${id}`);
      marks.delete(accountId);
      choices.delete(accountId);
    },
  };
}
