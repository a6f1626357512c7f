import type { Account, AccountChange } from '../accounts/accounts.ts';
import type { Accounts, Sessions } from '../accounts/ports.ts';
import type { ReportEvent } from '../events/events.ts';
import type { Halts } from '../halts/halts.ts';
import type { HaltRows } from '../halts/ports.ts';
import type { AccountId, ReportId } from '../ids.ts';
import type { Offer } from '../offers/offers.ts';
import type { OfferPorts } from '../offers/ports.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Removal, Reputation } from '../reputation/ports.ts';
import type { Pictures, Talks } from '../talk/ports.ts';
import type { Trades } from '../trades/ports.ts';
import type { AuditEntry } from './audit-log.ts';
import type { Report } from './reports.ts';

/** The next version of an account whose rights or display name change, with its events. */
export type RightsChange = Pick<AccountChange, 'next' | 'events' | 'renames'>;

/** An act with everything that its transaction writes. */
export type Act = {
  entry: AuditEntry;
  account?: RightsChange;
  /** The next version of an offer. */
  offer?: Offer;
  /** A review that is removed. */
  removal?: Removal;
  /** The next version of the halts. */
  halts?: Halts;
  /** The next version of a report, with the event of its end. */
  report?: { next: Report; events: readonly ReportEvent[] };
};

export interface Moderation {
  report(id: ReportId): Promise<Report | undefined>;
  /** Stores a report. 'too_many_open' if its reporter has MAX_OPEN_REPORTS that are not closed. */
  addReport(report: Report): Promise<'too_many_open' | undefined>;
  /** Stores an appeal with the change of its account. */
  addAppeal(appeal: Report, account: RightsChange): Promise<'changed_since' | undefined>;
  /** Writes an act and its audit entry, all or nothing. 'changed_since' if another change came first. */
  act(act: Act): Promise<'changed_since' | undefined>;
  /** Those that are not closed, or the closed ones, newest first. */
  queue(isClosed: boolean, page: PageRequest): Promise<Page<Report>>;
  /** The reports and appeals of an account, newest first. */
  reportsOf(reporterId: AccountId, page: PageRequest): Promise<Page<Report>>;
  /** The audit log, newest first. */
  log(page: PageRequest): Promise<Page<AuditEntry>>;
  /** The accounts that have a role or a suspension, in the order of their ids. */
  listed(page: PageRequest): Promise<Page<AccountId>>;
}

/** Whether an account is among `listed`. */
export const isListed = ({ role, suspension }: Account) => role !== undefined || suspension !== undefined;

/** The ports of the use cases of moderation. */
export type ModerationPorts = Pick<OfferPorts, 'offers' | 'people' | 'clock' | 'ids'> & {
  moderation: Moderation;
  halts: HaltRows;
  accounts: Pick<Accounts, 'get' | 'byUsername'>;
  sessions: Pick<Sessions, 'ofAccount' | 'end'>;
};

/** The ports of the use cases of reports, which may be about a message or a review. */
export type ReportPorts = ModerationPorts & {
  trades: Pick<Trades, 'get'>;
  talks: Pick<Talks, 'get' | 'getMany'>;
  pictures: Pick<Pictures, 'addresses'>;
  reputation: Pick<Reputation, 'review' | 'getMany' | 'standing'>;
};
