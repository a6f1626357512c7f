import { listPasskeys } from '../accounts/list-passkeys.ts';
import { nameDigest, networkIn } from '../accounts/throttle.ts';
import { accountView, sessionView } from '../accounts/views.ts';
import type { Caller } from '../caller.ts';
import { listDeposits } from '../deposits/list-deposits.ts';
import { listMyReports } from '../moderation/list-my-reports.ts';
import { getNoticeSettings } from '../notices/get-notice-settings.ts';
import { listNotices } from '../notices/list-notices.ts';
import type { Page, PageRequest } from '../paging.ts';
import { listPaymentAccounts } from '../payment-accounts/list-payment-accounts.ts';
import { personIn } from '../people.ts';
import { hiddenReviews } from '../reputation/hidden-reviews.ts';
import { authorsOf, profileView, reviewView } from '../reputation/views.ts';
import { messageView } from '../talk/views.ts';
import { momentOf } from '../trades/moment.ts';
import { showTrades } from '../trades/views.ts';
import { listEntries } from '../wallet/list-entries.ts';
import { listWithdrawals } from '../withdrawals/list-withdrawals.ts';
import type { PrivacyPorts } from './ports.ts';
import { type ExportedRecord, knownPlaceRecord, offerRecord, secondFactorRecord } from './views.ts';

type Kind = ExportedRecord['kind'];
type Source = (ports: PrivacyPorts, caller: Caller, page: PageRequest) => Promise<Page<ExportedRecord>>;

const only = (...records: ExportedRecord[]): Page<ExportedRecord> => ({ items: records });
const records = <T>({ items, next }: Page<T>, record: (item: T) => ExportedRecord): Page<ExportedRecord> => ({
  items: items.map(record),
  ...(next && { next }),
});

/** A page of a list that is read as a whole. It begins again if the last item of the page before is gone. */
function pageAfter<T extends { id: string }>(all: readonly T[], { limit, after }: PageRequest): Page<T> {
  const from = all.findIndex(({ id }) => id === after?.id) + 1;
  const items = all.slice(from, from + limit);
  return { items, ...(from + limit < all.length && { next: { id: items.at(-1)!.id } }) };
}

/** Where the records of each kind come from, in the order of the export. */
const SOURCES: Record<Kind, Source> = {
  account: async ({ accounts, factors, notices, clock }, { accountId }) => {
    const [account, factor, unreadNotices] = await Promise.all([
      accounts.get(accountId),
      factors.get(accountId),
      notices.unread(accountId),
    ]);
    if (!account) return only();
    return only({
      kind: 'account',
      account: accountView(account, { factor, unreadNotices, now: clock.now() }),
    });
  },
  notice_settings: async (ports, caller) => {
    const chosen = await ports.notices.settings(caller.accountId);
    if (!chosen) return only();
    return only({ kind: 'notice_settings', settings: await getNoticeSettings(ports)({}, caller) });
  },
  public_profile: async ({ people }, { accountId }) =>
    only({ kind: 'public_profile', person: personIn(await people.getMany([accountId]), accountId) }),
  second_factor: async ({ factors }, { accountId }) => {
    const factor = await factors.get(accountId);
    return factor ? only(secondFactorRecord(factor)) : only();
  },
  passkey: async (ports, caller, page) => {
    const { items } = await listPasskeys(ports)({}, caller);
    return records(pageAfter(items, page), (passkey) => ({ kind: 'passkey', passkey }));
  },
  session: async ({ sessions }, { accountId, sessionId }, page) =>
    records(await sessions.ofAccount(accountId, page), (session) => ({
      kind: 'session',
      session: sessionView(session, sessionId),
    })),
  known_place: async ({ accounts, knownPlaces, secrets }, { accountId }, page) => {
    const account = await accounts.get(accountId);
    if (!account) return only();
    const places = await knownPlaces.ofName(nameDigest(secrets, account.username), page);
    return records(places, ({ key, until }) => knownPlaceRecord(networkIn(key), until));
  },
  payment_account: async (ports, caller, page) => {
    const { items } = await listPaymentAccounts(ports)({}, caller);
    return records(pageAfter(items, page), (paymentAccount) => ({ kind: 'payment_account', paymentAccount }));
  },
  offer: async ({ offers }, { accountId }, page) =>
    records(await offers.ofOwner(accountId, page), offerRecord),
  trade: async (ports, caller, page) => {
    const { items, next } = await ports.trades.ofParty(caller.accountId, page);
    const shown = await showTrades(ports, items, caller, await momentOf(ports, items));
    return records({ items: shown, ...(next && { next }) }, (trade) => ({ kind: 'trade', trade }));
  },
  message: async ({ talks, pictures, clock }, { accountId }, page) => {
    const addressOf = await pictures.addresses(clock.now());
    return records(await talks.ofSender(accountId, page), (message) => ({
      kind: 'message',
      tradeId: message.tradeId,
      message: messageView(message, { addressOf }),
    }));
  },
  reputation: async ({ accounts, people, reputation, clock }, { accountId }) => {
    const now = clock.now();
    const [account, persons, standing] = await Promise.all([
      accounts.get(accountId),
      people.getMany([accountId]),
      reputation.standing(accountId),
    ]);
    if (!account) return only();
    const hidden = await hiddenReviews(reputation, standing, now);
    const profile = profileView(account, { people: persons, standing, hidden, now });
    return only({ kind: 'reputation', profile });
  },
  review: async ({ reputation, people, clock }, { accountId }, page) => {
    const [{ items, next }, persons] = await Promise.all([
      reputation.ofAuthor(accountId, page),
      people.getMany([accountId]),
    ]);
    const shown = items.map((review) => reviewView(review, persons, clock.now()));
    return records({ items: shown, ...(next && { next }) }, (review) => ({ kind: 'review', review }));
  },
  received_review: async ({ reputation, people, clock }, { accountId }, page) => {
    const { items, next } = await reputation.revealedAbout(accountId, clock.now(), page);
    const persons = await people.getMany(authorsOf(items));
    const shown = items.map((review) => reviewView(review, persons, clock.now()));
    return records({ items: shown, ...(next && { next }) }, (review) => ({
      kind: 'received_review',
      review,
    }));
  },
  entry: async (ports, caller, page) =>
    records(await listEntries(ports)({ page }, caller), (entry) => ({ kind: 'entry', entry })),
  deposit_address: async ({ addresses }, { accountId }, page) =>
    records(await addresses.ofAccount(accountId, page), (address) => ({ kind: 'deposit_address', address })),
  deposit: async (ports, caller, page) =>
    records(await listDeposits(ports)({ page }, caller), (deposit) => ({ kind: 'deposit', deposit })),
  notice: async (ports, caller, page) =>
    records(await listNotices(ports)({ page }, caller), (notice) => ({ kind: 'notice', notice })),
  report: async (ports, caller, page) =>
    records(await listMyReports(ports)({ page }, caller), (report) => ({ kind: 'report', report })),
  withdrawal: async (ports, caller, page) =>
    records(await listWithdrawals(ports)({ page }, caller), (withdrawal) => ({
      kind: 'withdrawal',
      withdrawal,
    })),
};

const KINDS = Object.keys(SOURCES) as Kind[];

/**
 * Everything kept about the caller, one record after the other, in pages of at most `limit` records. A page reads as
 * many kinds as fit, so that a small account is one page. Secrets and their digests are left out.
 */
export const exportMe =
  (ports: PrivacyPorts) =>
  async ({ page }: { page: PageRequest }, caller: Caller): Promise<Page<ExportedRecord>> => {
    const { kind: first = KINDS[0], ...position } = page.after ?? {};
    const items: ExportedRecord[] = [];
    let after = page.after && position;
    for (const kind of KINDS.slice(KINDS.indexOf(first as Kind))) {
      const limit = page.limit - items.length;
      if (limit <= 0) return { items, next: { kind } };
      const isContinued = after !== undefined && Object.keys(after).length > 0;
      const found = await SOURCES[kind](ports, caller, { limit, ...(isContinued && after && { after }) });
      items.push(...found.items);
      if (found.next) return { items, next: { kind, ...found.next } };
      after = undefined;
    }
    return { items };
  };
