import { changed, endingSessions, newAccount } from '#core/accounts/accounts.ts';
import type { AccountId, AuditEntryId, OfferId } from '#core/ids.ts';
import type { AuditEntry } from '#core/moderation/audit-log.ts';
import { MAX_OPEN_REPORTS } from '#core/moderation/limits.ts';
import { type Report, stepped } from '#core/moderation/reports.ts';
import { asInstant } from '#core/time.ts';
import { fresh, offerWith } from '#tests/helpers/entities.ts';
import { type Stores, stores } from './stores.ts';

const now = asInstant(1_000_000);
const page = { limit: 10 };

const aReport = (more: Partial<Report> = {}): Report => ({
  id: fresh(),
  kind: 'offer',
  reporterId: fresh<AccountId>(),
  accountId: fresh<AccountId>(),
  offerId: fresh<OfferId>(),
  reason: 'scam',
  text: 'two lines\nof text',
  state: 'open',
  createdAt: now,
  version: 1,
  ...more,
});

const anEntry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: fresh<AuditEntryId>(),
  at: now,
  by: { role: 'operator' },
  act: 'suspend',
  accountId: fresh<AccountId>(),
  username: 'somebody',
  ...more,
});

async function anAccount({ accounts }: Stores) {
  const username = fresh();
  const account = newAccount({ next: fresh }, { username }, 'hash', now);
  await accounts.add(account);
  return account;
}

describe.each(stores)('moderation in %s', (_, make) => {
  test('a report comes back as it was stored, by id, queue and reporter', async () => {
    const { moderation } = await make();
    const report = aReport();
    expect(await moderation.addReport(report)).toBeUndefined();
    expect(await moderation.report(report.id)).toEqual(report);
    expect((await moderation.queue(false, page)).items).toEqual([report]);
    expect((await moderation.queue(true, page)).items).toEqual([]);
    expect((await moderation.reportsOf(report.reporterId, page)).items).toEqual([report]);
    expect((await moderation.reportsOf(fresh(), page)).items).toEqual([]);
    expect(await moderation.report(fresh())).toBeUndefined();
  });

  test('lists are newest first, and go on after a page', async () => {
    const { moderation } = await make();
    const reporterId = fresh<AccountId>();
    const made = [0, 1, 2].map((count) => aReport({ reporterId, createdAt: asInstant(now + count) }));
    for (const report of made) await moderation.addReport(report);
    const first = await moderation.queue(false, { limit: 2 });
    expect(first.items).toEqual([made[2], made[1]]);
    const rest = await moderation.queue(false, { limit: 2, after: first.next! });
    expect(rest.items).toEqual([made[0]]);
    expect(rest.next).toBeUndefined();
  });

  test('counts reports that are not closed, also when many come at once', async () => {
    const { moderation } = await make();
    const reporterId = fresh<AccountId>();
    const outcomes = await Promise.all(
      Array.from({ length: MAX_OPEN_REPORTS + 5 }, () => moderation.addReport(aReport({ reporterId }))),
    );
    expect(outcomes.filter((outcome) => outcome === 'too_many_open')).toHaveLength(5);
    const [first] = (await moderation.reportsOf(reporterId, page)).items;
    const outcome = { decision: 'dismiss', note: 'n', by: fresh<AccountId>(), at: now } as const;
    const next = stepped(first!, { state: 'closed', claimedBy: outcome.by, outcome });
    expect(await moderation.act({ entry: anEntry(), report: { next, events: [] } })).toBeUndefined();
    expect(await moderation.report(next.id)).toEqual(next);
    expect((await moderation.queue(true, page)).items).toEqual([next]);
    expect(await moderation.addReport(aReport({ reporterId }))).toBeUndefined();
    expect(await moderation.addReport(aReport({ reporterId }))).toBe('too_many_open');
  });

  test('an act writes account, offer, report and entry together', async () => {
    const all = await make();
    const { moderation, accounts, offers } = all;
    const account = await anAccount(all);
    const offer = offerWith({ ownerId: account.id });
    await offers.add(offer);
    const report = aReport({ accountId: account.id });
    await moderation.addReport(report);
    const suspension = { reason: 'spam', at: now, until: asInstant(now + 1), appealedAt: asInstant(now + 2) };
    const next = endingSessions(
      changed(account, { suspension, warning: { reason: 'w', at: now }, role: 'admin' }),
    );
    const closed = { ...offer, state: 'closed' as const, version: offer.version + 1 };
    const claimed = stepped(report, { state: 'claimed', claimedBy: account.id });
    const by = { role: 'admin', accountId: fresh<AccountId>(), username: 'boss' } as const;
    const entry = anEntry({
      by,
      reason: 'r',
      until: now,
      role: 'admin',
      reportId: report.id,
      offerId: offer.id,
    });
    const act = {
      entry,
      account: { next, events: [] },
      offer: closed,
      report: { next: claimed, events: [] },
    };
    expect(await moderation.act(act)).toBeUndefined();
    expect(await accounts.get(account.id)).toEqual(next);
    expect(await offers.get(offer.id)).toEqual(closed);
    expect(await moderation.report(report.id)).toEqual(claimed);
    expect((await moderation.log(page)).items).toEqual([entry]);
    expect((await moderation.listed(page)).items).toEqual([account.id]);

    const lifted = changed(next, { suspension: undefined, role: undefined });
    await moderation.act({ entry: anEntry({ act: 'restore' }), account: { next: lifted, events: [] } });
    expect((await moderation.listed(page)).items).toEqual([]);
  });

  test.each(['account', 'offer', 'report'] as const)(
    'writes nothing if the %s changed since it was read',
    async (stale) => {
      const all = await make();
      const { moderation, accounts, offers } = all;
      const account = await anAccount(all);
      const offer = offerWith({ ownerId: account.id });
      await offers.add(offer);
      const report = aReport();
      await moderation.addReport(report);
      const older = (name: string) => (stale === name ? 1 : 0);
      const act = {
        entry: anEntry(),
        account: { next: { ...account, version: account.version + 1 + older('account') }, events: [] },
        offer: { ...offer, state: 'closed' as const, version: offer.version + 1 + older('offer') },
        report: { next: { ...report, version: 2 + older('report') }, events: [] },
      };
      expect(await moderation.act(act)).toBe('changed_since');
      expect(await accounts.get(account.id)).toEqual(account);
      expect(await offers.get(offer.id)).toEqual(offer);
      expect(await moderation.report(report.id)).toEqual(report);
      expect((await moderation.log(page)).items).toEqual([]);
    },
  );

  test('an appeal is stored with the change of its account, or not at all', async () => {
    const all = await make();
    const { moderation, accounts } = all;
    const account = await anAccount(all);
    const appeal = aReport({ kind: 'appeal', reporterId: account.id, offerId: undefined, reason: undefined });
    const next = changed(account, { suspension: { reason: 'spam', at: now, appealedAt: now } });
    expect(await moderation.addAppeal(appeal, { next, events: [] })).toBeUndefined();
    expect(await moderation.addAppeal(aReport({ kind: 'appeal' }), { next, events: [] })).toBe(
      'changed_since',
    );
    expect((await moderation.queue(false, page)).items).toEqual([appeal]);
    expect(await accounts.get(account.id)).toEqual(next);
  });
});
