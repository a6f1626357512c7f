import { changed } from '#core/accounts/accounts.ts';
import type { PageRequest } from '#core/paging.ts';
import { depositWith, offerWith } from '#tests/helpers/entities.ts';
import { type TestWorld, testWorld, XMR } from '#tests/helpers/world.ts';
import type { Caller } from '../caller.ts';
import { exportMe } from './export-me.ts';
import type { ExportedRecord } from './views.ts';

async function all(world: TestWorld, caller: Caller, limit: number) {
  const pages: ExportedRecord[][] = [];
  let after: PageRequest['after'];
  do {
    const { items, next } = await exportMe(world)({ page: { limit, ...(after && { after }) } }, caller);
    pages.push(items);
    after = next;
  } while (after);
  return pages;
}

async function anAccount(world: TestWorld) {
  const { caller } = await world.registerWithTotp('ann');
  const account = (await world.accounts.get(caller.accountId))!;
  await world.accounts.save({ next: changed(account, { antiPhishingPhrase: 'blue whale' }), events: [] });
  for (let n = 0; n < 3; n += 1) await world.offers.add(offerWith({ ownerId: caller.accountId }));
  for (let n = 0; n < 4; n += 1) world.give(caller, XMR);
  await world.deposits.add(depositWith({ accountId: caller.accountId }), []);
  return caller;
}

test('exports everything of an account in one page, without secrets', async () => {
  const world = testWorld();
  const caller = await anAccount(world);
  const [records, ...more] = await all(world, caller, 100);
  expect(more).toEqual([]);
  expect(records!.map(({ kind }) => kind)).toEqual([
    'account',
    'public_profile',
    'second_factor',
    'session',
    'known_place',
    'known_place',
    'offer',
    'offer',
    'offer',
    'entry',
    'entry',
    'entry',
    'entry',
    'deposit',
  ]);
  expect(records).toContainEqual(
    expect.objectContaining({ account: expect.objectContaining({ antiPhishingPhrase: 'blue whale' }) }),
  );
  const text = JSON.stringify(records, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  const account = (await world.accounts.get(caller.accountId))!;
  const factor = (await world.factors.get(caller.accountId))!;
  const session = (await world.sessions.get(caller))!;
  for (const secret of [
    account.passwordHash,
    factor.sealedSecret,
    ...factor.recoveryDigests,
    session.lineDigest,
    ...session.live,
  ])
    expect(text).not.toContain(secret);
});

test.each([1, 2, 3, 5])('pages of at most %i records have every record once', async (limit) => {
  const world = testWorld();
  const caller = await anAccount(world);
  const [whole] = await all(world, caller, 100);
  const pages = await all(world, caller, limit);
  for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
  expect(pages.flat()).toEqual(whole);
});

test('exports nothing of another account', async () => {
  const world = testWorld();
  await anAccount(world);
  const other = world.callerOf(await world.register('bob'));
  const [records] = await all(world, other, 100);
  expect(records!.map(({ kind }) => kind)).toEqual([
    'account',
    'public_profile',
    'session',
    'known_place',
    'known_place',
  ]);
});
