import type { Accounts } from '#core/accounts/ports.ts';
import type { AccountId, ReportId } from '#core/ids.ts';
import type { AuditEntry } from '#core/moderation/audit-log.ts';
import { MAX_OPEN_REPORTS } from '#core/moderation/limits.ts';
import { isListed, type Moderation, type RightsChange } from '#core/moderation/ports.ts';
import type { Report } from '#core/moderation/reports.ts';
import type { Offers } from '#core/offers/ports.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import type { MemoryBooks } from './books.ts';
import type { MemoryHalts } from './halts.ts';
import type { MemoryReputation } from './reputation.ts';

type Others = {
  books: MemoryBooks;
  accounts: Accounts;
  offers: Offers;
  halts: MemoryHalts;
  reputation: MemoryReputation;
};

/** A page of a sorted list. `keyOf` returns a text that is unique in the list. */
export function pageOf<T>(all: T[], keyOf: (one: T) => string, { after, limit }: PageRequest): Page<T> {
  const from = after ? all.findIndex((one) => keyOf(one) === after.at) + 1 : 0;
  const items = all.slice(from, from + limit);
  return from + limit < all.length ? { items, next: { at: keyOf(items.at(-1)!) } } : { items };
}

/** `record` adds an entry to the audit log, for the fake of disputes. */
export type MemoryModeration = Moderation & { record(entry: AuditEntry): void };

export function memoryModeration({ books, accounts, offers, halts, reputation }: Others): MemoryModeration {
  const reports = new Map<ReportId, Report>();
  const entries: AuditEntry[] = [];
  const listed = new Set<AccountId>();
  const newest = (isWanted: (report: Report) => boolean, page: PageRequest) =>
    pageOf([...reports.values()].filter(isWanted).reverse(), ({ id }) => id, page);
  const saveAccount = async (change: RightsChange) => {
    if (await accounts.save(change)) return 'changed_since' as const;
    if (isListed(change.next)) listed.add(change.next.id);
    else listed.delete(change.next.id);
    return undefined;
  };
  return {
    record: (entry) => void entries.push(entry),
    report: async (id) => reports.get(id),
    async addReport(report) {
      const open = [...reports.values()].filter(
        ({ reporterId, state, kind }) =>
          reporterId === report.reporterId && state !== 'closed' && kind !== 'appeal',
      );
      if (open.length >= MAX_OPEN_REPORTS) return 'too_many_open';
      reports.set(report.id, report);
      return undefined;
    },
    async addAppeal(appeal, account) {
      const refused = await saveAccount(account);
      if (!refused) reports.set(appeal.id, appeal);
      return refused;
    },
    async act({ entry, account, offer, removal, report, halts: next }) {
      const stored = report && reports.get(report.next.id);
      if (report && stored?.version !== report.next.version - 1) return 'changed_since';
      if (offer && (await offers.get(offer.id))?.version !== offer.version - 1) return 'changed_since';
      if (removal && !reputation.canRemove(removal)) return 'changed_since';
      if (next && halts.change(next)) return 'changed_since';
      if (account && (await saveAccount(account))) return 'changed_since';
      if (offer) await offers.save(offer);
      if (removal) reputation.remove(removal);
      if (report) {
        reports.set(report.next.id, report.next);
        books.apply([], report.events);
      }
      entries.push(entry);
      return undefined;
    },
    queue: async (isClosed, page) => newest(({ state }) => (state === 'closed') === isClosed, page),
    reportsOf: async (reporter, page) => newest(({ reporterId }) => reporterId === reporter, page),
    log: async (page) => pageOf([...entries].reverse(), ({ id }) => id, page),
    listed: async (page) => pageOf([...listed].sort(), (id) => id, page),
  };
}
