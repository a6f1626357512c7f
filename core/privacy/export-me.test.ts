import * as contract from '#contract/privacy.ts';
import { changed } from '#core/accounts/accounts.ts';
import { KNOWN_FOR_MS } from '#core/accounts/throttle.ts';
import { houseAccount, transfer, userAccount } from '#core/ledger/ledger.ts';
import type { Ledger } from '#core/ledger/ports.ts';
import { createReport } from '#core/moderation/create-report.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { updateNoticeSettings } from '#core/notices/update-notice-settings.ts';
import type { NamedAccount } from '#core/offers/offers.ts';
import type { PageRequest } from '#core/paging.ts';
import { addPaymentAccount } from '#core/payment-accounts/add-payment-account.ts';
import { sendMessage } from '#core/talk/send-message.ts';
import { requestWithdrawal } from '#core/withdrawals/request-withdrawal.ts';
import { authenticator } from '#tests/helpers/authenticator.ts';
import { depositWith, keyed, offerWith } from '#tests/helpers/entities.ts';
import { addReview, reviewWith } from '#tests/helpers/reviews.ts';
import { onTheWire } from '#tests/helpers/wire.ts';
import {
  BUYER,
  granted,
  HOME,
  OUTSIDE,
  PASSWORD,
  STRANGER,
  type TestWorld,
  testWorld,
  XMR,
} from '#tests/helpers/world.ts';
import type { Caller } from '../caller.ts';
import type { TransferId } from '../ids.ts';
import { DELETED_USERNAME } from '../people.ts';
import { later } from '../time.ts';
import { deleteMe } from './delete-me.ts';
import { exportMe } from './export-me.ts';
import type { ExportedRecord } from './views.ts';

const AS_MEMBER = { role: 'member' } as const;

async function all(world: TestWorld, caller: Caller, limit: number) {
  const pages: ExportedRecord[][] = [];
  let after: PageRequest['after'];
  do {
    const { items, next } = await exportMe(world)({ page: { limit, ...(after && { after }) } }, caller);
    pages.push(items);
    if (pages.length > 200) throw new Error('the pages do not end');
    after = next;
  } while (after);
  return pages;
}

const IBAN = 'DE89370400440532013000';

/** An account with at least two records of each kind of which an account can have many. */
async function anAccount(world: TestWorld) {
  const { caller, recoveryCodes } = await world.registerWithTotp('ann');
  const { accountId } = caller;
  const account = (await world.accounts.get(accountId))!;
  await world.accounts.save({ next: changed(account, { antiPhishingPhrase: 'blue whale' }), events: [] });
  const code = () => recoveryCodes.pop()!;
  for (const name of ['Laptop', 'Phone']) {
    const options = granted(await world.startPasskey({ password: PASSWORD, code: code() }, caller));
    const response = authenticator(world.siteOrigin).register(options);
    granted(await world.addPasskey({ name, response }, caller));
  }
  await world.logInSecondFactor({ challengeToken: await world.challenge('ann'), code: code() }, HOME);
  const paymentAccounts: NamedAccount[] = [];
  for (const label of ['Green bank', 'Blue bank']) {
    const given = { method: 'sepa', label, fields: { name: 'Ann B.', iban: IBAN }, code: code() };
    paymentAccounts.push(granted(await addPaymentAccount(world.ports)(given, caller)));
  }
  for (let n = 0; n < 2; n += 1) world.give(caller, 5n * XMR);
  const offers = [
    await world.publish({ ownerId: accountId }),
    offerWith({ ownerId: accountId, paymentAccounts: paymentAccounts.slice(0, 1) }),
  ];
  await world.offers.add(offers[1]!);
  await updateNoticeSettings(world.ports)({ email: [] }, caller);
  await world.register('bob');
  await world.addresses.addFree([1, 2].map((minor) => ({ major: 0, address: `address ${minor}`, minor })));
  for (let n = 0; n < 2; n += 1) {
    const taking = { offerId: offers[0]!.id, amountXmr: asPiconero(XMR), method: 'sepa' };
    const { id: tradeId } = granted(
      await world.startTrade(taking, n === 0 ? BUYER : STRANGER, keyed(BUYER) as never),
    );
    granted(
      await sendMessage(world.ports)({ tradeId, text: `hello ${n}` }, caller, {
        ...AS_MEMBER,
        ...keyed(caller),
      }),
    );
    await world.deposits.add(depositWith({ accountId }), []);
    granted(
      await createReport(world.ports)({ kind: 'person', id: 'bob', reason: 'spam' }, caller, AS_MEMBER),
    );
    await world.addresses.assign(accountId, 2);
    const payment = { address: OUTSIDE, amountXmr: asPiconero(XMR), code: code() };
    const at = world.clock.now();
    await addReview(world.reputation, reviewWith({ authorId: accountId, at, revealAt: at }));
    await addReview(world.reputation, reviewWith({ subjectId: accountId, at, revealAt: at }));
    granted(await requestWithdrawal(world.ports)(payment, caller, keyed(caller)));
  }
  return caller;
}

const withoutBigints = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);

test('exports everything of an account in one page, kind after kind', async () => {
  const world = testWorld();
  const caller = await anAccount(world);
  const [records, ...more] = await all(world, caller, 100);
  expect(more).toEqual([]);
  expect(onTheWire(contract.exportMe, { items: records! })).toMatchObject({
    items: { length: records!.length },
  });
  const counts = new Map<string, number>();
  for (const { kind } of records!) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  expect([...counts]).toEqual([
    ['account', 1],
    ['notice_settings', 1],
    ['public_profile', 1],
    ['second_factor', 1],
    ['passkey', 2],
    ['session', 2],
    ['known_place', 3],
    ['payment_account', 2],
    ['offer', 2],
    ['trade', 2],
    ['message', 2],
    ['reputation', 1],
    ['review', 2],
    ['received_review', 2],
    // Two gifts, two holds of trades, and two holds of each withdrawal: amount and fee.
    ['entry', 8],
    ['deposit_address', 2],
    ['deposit', 2],
    // Of the second factor and a sign-in, and two each of passkeys, payment accounts, trades, reviews and withdrawals.
    ['notice', 12],
    ['report', 2],
    ['withdrawal', 2],
  ]);
});

test('each record has the thing as its owner sees it elsewhere', async () => {
  const world = testWorld();
  const caller = await anAccount(world);
  const [records] = await all(world, caller, 100);
  const of = (kind: ExportedRecord['kind']) => records!.filter((record) => record.kind === kind);
  const now = world.clock.now();
  expect(of('account')).toEqual([{ kind: 'account', account: await world.getMe(caller) }]);
  expect(of('account')).toMatchObject([{ account: { antiPhishingPhrase: 'blue whale' } }]);
  expect(of('public_profile')).toStrictEqual([
    { kind: 'public_profile', person: { username: 'ann', tradesCompleted: 0 } },
  ]);
  expect(of('second_factor')).toStrictEqual([
    { kind: 'second_factor', secondFactor: { onSince: now, recoveryCodesLeft: 3 } },
  ]);
  expect(of('session').filter((record) => 'session' in record && record.session.current)).toHaveLength(1);
  const until = later(now, KNOWN_FOR_MS);
  expect(of('known_place')).toHaveLength(3);
  expect(of('known_place')).toEqual(
    expect.arrayContaining([
      { kind: 'known_place', network: HOME.clientAddress, knownUntil: until },
      { kind: 'known_place', knownUntil: until },
    ]),
  );
  const fields = of('known_place').map((record) => Object.keys(record).join());
  expect(fields.sort()).toEqual(['kind,knownUntil', 'kind,knownUntil', 'kind,network,knownUntil']);
  const ofBank = (label: string) => ({ paymentAccount: { method: 'sepa', label, fields: { iban: IBAN } } });
  expect(of('payment_account')).toMatchObject([ofBank('Blue bank'), ofBank('Green bank')]);
  expect(of('trade')).toMatchObject([
    { trade: { role: 'seller', seller: { username: 'ann' } } },
    { trade: { role: 'seller', amountXmr: XMR } },
  ]);
  expect(of('deposit_address')).toEqual([
    { kind: 'deposit_address', address: 'address 2' },
    { kind: 'deposit_address', address: 'address 1' },
  ]);
  expect(of('report')).toMatchObject([{ report: { username: 'bob', reason: 'spam' } }, {}]);
  expect(of('withdrawal')).toMatchObject([{ withdrawal: { address: OUTSIDE, state: 'queued' } }, {}]);
});

test('exports passkeys by their names, without credential, public key and count', async () => {
  const world = testWorld();
  const caller = await anAccount(world);
  const [records] = await all(world, caller, 100);
  const passkeys = records!.filter(({ kind }) => kind === 'passkey');
  const createdAt = world.clock.now();
  const common = { id: expect.any(String), createdAt };
  expect(passkeys).toStrictEqual([
    { kind: 'passkey', passkey: { ...common, name: 'Phone' } },
    { kind: 'passkey', passkey: { ...common, name: 'Laptop' } },
  ]);
  const text = JSON.stringify(records, withoutBigints);
  const { passkeys: stored } = (await world.factors.get(caller.accountId))!;
  expect(stored).toHaveLength(2);
  for (const { credentialId, publicKey } of stored)
    for (const secret of [credentialId, publicKey]) expect(text).not.toContain(secret);
  for (const field of ['credentialId', 'publicKey', 'signCount', 'transports'])
    expect(text).not.toContain(field);
});

test('exports no secret and no digest of one', async () => {
  const world = testWorld();
  const caller = await anAccount(world);
  const [records] = await all(world, caller, 100);
  const text = JSON.stringify(records, withoutBigints);
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

test('an app that was never confirmed is exported without a date', async () => {
  const world = testWorld();
  const caller = world.callerOf(await world.register('ann'));
  granted(await world.startTotp({ password: PASSWORD }, caller));
  const [records] = await all(world, caller, 100);
  expect(records!.filter(({ kind }) => kind === 'second_factor')).toStrictEqual([
    { kind: 'second_factor', secondFactor: { recoveryCodesLeft: 0 } },
  ]);
});

test.each([1, 2, 3, 5, 7, 30])('pages of at most %i records have every record once', async (limit) => {
  const world = testWorld();
  const caller = await anAccount(world);
  const [whole] = await all(world, caller, 100);
  const pages = await all(world, caller, limit);
  for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
  expect(pages.flat()).toEqual(whole);
});

test('a passkey that is removed between two pages hides no other one', async () => {
  const world = testWorld();
  const caller = await anAccount(world);
  const upToPasskey = { limit: 5 };
  const first = await exportMe(world)({ page: upToPasskey }, caller);
  const shown = first.items.at(-1)!;
  if (shown.kind !== 'passkey') throw new Error(`the page ends with ${shown.kind}`);
  const [, other] = (await world.listPasskeys(caller)).items;
  const { factors } = world;
  const found = (await factors.get(caller.accountId))!;
  const without = { ...found, passkeys: found.passkeys.filter(({ id }) => id !== shown.passkey.id) };
  const ports = { ...world.ports, factors: { ...factors, get: async () => without } };
  const { items } = await exportMe(ports)({ page: { limit: 1, after: first.next! } }, caller);
  expect(items).toEqual([{ kind: 'passkey', passkey: other }]);
});

test('10,000 movements are exported once each, with their balances, in pages of at most 100', async () => {
  const world = testWorld();
  const caller = world.callerOf(await world.register('ann'));
  const count = 10_000;
  const createdAt = world.clock.now();
  /** Gifts of 1 piconero, newest first, at positions that fall. */
  const lines = Array.from({ length: count }, (_, n) => ({
    position: `${count - n}`.padStart(5, '0'),
    transfer: transfer({
      id: `gift ${count - n}` as TransferId,
      kind: 'faucet',
      debit: houseAccount('faucet'),
      credit: userAccount(caller.accountId),
      amountPiconero: asPiconero(1n),
      createdAt,
    }).transfer,
  }));
  const ledger: Pick<Ledger, 'balance' | 'statement'> = {
    balance: async () => ({ availablePiconero: asPiconero(BigInt(count)), heldPiconero: asPiconero(0n) }),
    async statement(_account, before, limit) {
      const from = before === undefined ? 0 : count - Number(before) + 1;
      return { items: lines.slice(from, from + limit), more: from + limit < count };
    },
  };
  const pages = await all({ ...world, ledger: { ...world.ledger, ...ledger } }, caller, 100);
  for (const page of pages) expect(page.length).toBeLessThanOrEqual(100);
  expect(pages.length).toBeLessThanOrEqual(count / 100 + 1);
  const entries = pages.flat().flatMap((record) => (record.kind === 'entry' ? [record.entry] : []));
  expect(entries.map(({ id, balanceXmr }) => [id, balanceXmr])).toEqual(
    lines.map(({ transfer: { id } }, n) => [id, BigInt(count - n)]),
  );
});

test('the export of an account that is deleted meanwhile has nothing of it but its empty row', async () => {
  const world = testWorld();
  const caller = world.callerOf(await world.register('ann'));
  granted((await deleteMe(world)({ password: PASSWORD }, caller)) ?? {});
  const [records] = await all(world, caller, 100);
  expect(records).toEqual([
    { kind: 'public_profile', person: { username: DELETED_USERNAME, tradesCompleted: 0 } },
  ]);
});

test('exports nothing of another account', async () => {
  const world = testWorld();
  await anAccount(world);
  const other = world.callerOf(await world.register('cid'));
  const [records] = await all(world, other, 100);
  expect(records!.map(({ kind }) => kind)).toEqual([
    'account',
    'public_profile',
    'session',
    'known_place',
    'known_place',
    'reputation',
  ]);
});
