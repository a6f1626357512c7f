import * as contract from '#contract/notices.ts';
import { onTheWire } from '#tests/helpers/wire.ts';
import { ALICE, BOB, testWorld } from '#tests/helpers/world.ts';
import type { StoredEvent } from '../events/events.ts';
import type { DepositId, NoticeId, TradeId } from '../ids.ts';
import { asInstant, DAY_MS } from '../time.ts';
import { getNoticeSettings } from './get-notice-settings.ts';
import { MAX_COUNTED, MAX_NOTICES } from './limits.ts';
import { listNotices } from './list-notices.ts';
import { noticesOf, timeOfNotice } from './notices.ts';
import { readNotices } from './read-notices.ts';
import { USUAL_SETTINGS } from './settings.ts';
import { updateNoticeSettings } from './update-notice-settings.ts';

const page = { limit: 100 };
const paid = (version: number, at: number, more: Partial<StoredEvent> = {}): StoredEvent =>
  ({
    type: 'trade_payment_sent',
    tradeId: 't1' as TradeId,
    accountIds: [ALICE.accountId, BOB.accountId],
    by: BOB.accountId,
    version,
    at: asInstant(at),
    requestId: 'r',
    ...more,
  }) as StoredEvent;

/** A world in which Alice has so many notices, one a millisecond until now. */
function withNotices(count: number) {
  const world = testWorld();
  const now = world.ports.clock.now();
  const events = Array.from({ length: count }, (_, at) => paid(at, now - count + 1 + at));
  world.books.apply([], events);
  return { world, ids: events.flatMap(noticesOf).map(({ id }) => id) };
}

test('an event causes a notice for everybody whom it concerns but who did not cause it', () => {
  expect(noticesOf(paid(3, 1_000))).toEqual([
    {
      id: '000000000001000-t1-3',
      accountId: ALICE.accountId,
      at: 1_000,
      kind: 'trade_payment_sent',
      tradeId: 't1',
    },
  ]);
  const { by: _, ...byTime } = paid(3, 1_000, { type: 'trade_expired' });
  expect(noticesOf(byTime as StoredEvent)).toHaveLength(2);
  expect(noticesOf(paid(3, 1_000, { type: 'withdrawal_broadcast' }))).toEqual([]);
});

test('ids of notices sort by time and contain it, whatever the thing', () => {
  const depositId = `${'x'.repeat(42)}_.0.123` as DepositId;
  const seen = { accountIds: [ALICE.accountId], version: 12, at: asInstant(5), requestId: 'r' };
  const [notice] = noticesOf({ ...seen, type: 'deposit_seen', depositId });
  expect(timeOfNotice(notice!.id)).toBe(5);
  expect(notice!.id < noticesOf(paid(1, 40))[0]!.id).toBe(true);
  for (const id of ['', 'zzz', '999999999999999', '1-a', '000000000001000-'])
    expect(timeOfNotice(id)).toBeUndefined();
});

test('lists the newest first, and what was read, with the fields of the contract and no other', async () => {
  const { world, ids } = withNotices(3);
  await readNotices(world.ports)({ upTo: ids[1]! }, ALICE);
  const listed = await listNotices(world.ports)({ page }, ALICE);
  expect(listed.items.map(({ id, read }) => [id, read])).toEqual([
    [ids[2], false],
    [ids[1], true],
    [ids[0], true],
  ]);
  expect(onTheWire(contract.listNotices, listed)).toMatchObject({
    items: [
      { id: ids[2], at: expect.any(String), kind: 'trade_payment_sent', tradeId: 't1', read: false },
      {},
      {},
    ],
  });
  expect(await listNotices(world.ports)({ page }, BOB)).toEqual({ items: [] });
  expect(await world.ports.notices.unread(ALICE.accountId)).toBe(1);
});

test('an earlier mark does not replace a later one', async () => {
  const { world, ids } = withNotices(3);
  await readNotices(world.ports)({ upTo: ids[2]! }, ALICE);
  await readNotices(world.ports)({ upTo: ids[0]! }, ALICE);
  expect(await world.ports.notices.unread(ALICE.accountId)).toBe(0);
});

test.each([['no id'], ['999999999999999-t1-3']])('refuses to read up to %s', async (upTo) => {
  const { world } = withNotices(1);
  expect(await readNotices(world.ports)({ upTo: upTo as NoticeId }, ALICE)).toMatchObject({
    refused: 'invalid_request',
    errors: [{ path: 'upTo' }],
  });
  expect(await world.ports.notices.unread(ALICE.accountId)).toBe(1);
});

test('counts and keeps a bounded number', async () => {
  const { world, ids } = withNotices(MAX_NOTICES + 10);
  expect(await world.ports.notices.unread(ALICE.accountId)).toBe(MAX_COUNTED);
  await readNotices(world.ports)({ upTo: ids.at(-1)! }, ALICE);
  const { items } = await listNotices(world.ports)({ page: { limit: 1_000 } }, ALICE);
  expect(items.map(({ id }) => id)).toEqual(ids.slice(-MAX_NOTICES).reverse());
  world.pass(DAY_MS);
  expect(await world.ports.notices.unread(ALICE.accountId)).toBe(0);
});

test('a choice replaces the usual one in part, names each kind once, and belongs to one account', async () => {
  const { ports } = testWorld();
  expect(await getNoticeSettings(ports)({}, ALICE)).toEqual(USUAL_SETTINGS);
  await updateNoticeSettings(ports)({ email: ['deposit_seen', 'deposit_seen'] }, ALICE);
  await updateNoticeSettings(ports)({ browser: [] }, ALICE);
  expect(await getNoticeSettings(ports)({}, ALICE)).toEqual({ email: ['deposit_seen'], browser: [] });
  expect(await getNoticeSettings(ports)({}, BOB)).toEqual(USUAL_SETTINGS);
});
