import { changed } from '#core/accounts/accounts.ts';
import { nameDigest } from '#core/accounts/throttle.ts';
import type { Caller } from '#core/caller.ts';
import type { AccountId } from '#core/ids.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { createOffer } from '#core/offers/create-offer.ts';
import { addPaymentAccount } from '#core/payment-accounts/add-payment-account.ts';
import { countTrade } from '#core/reputation/count-trade.ts';
import { reviewTrade } from '#core/reputation/review-trade.ts';
import { sendMessage } from '#core/talk/send-message.ts';
import { later, MINUTE_MS } from '#core/time.ts';
import { tradeEvent } from '#core/trades/trades.ts';
import { showTrade } from '#core/trades/views.ts';
import { WITHDRAWAL_STATES } from '#core/withdrawals/withdrawals.ts';
import { authenticator } from '#tests/helpers/authenticator.ts';
import {
  depositWith,
  internalWith,
  keyed,
  offerWith,
  tradeWith,
  withdrawalWith,
} from '#tests/helpers/entities.ts';
import { Died, dying } from '#tests/helpers/faulty.ts';
import { BUYER, granted, HOME, PASSWORD, type TestWorld, testWorld, XMR } from '#tests/helpers/world.ts';
import { isRefusal } from '../refusal.ts';
import { deleteMe } from './delete-me.ts';
import { finishDeletions } from './finish-deletions.ts';

const given = { password: PASSWORD };

const registered = async (world: TestWorld, name = 'ann') => world.callerOf(await world.register(name));

/** The paths of the reasons, or 'deleted'. */
const attempt = async (world: TestWorld, caller: Caller) => {
  const result = await deleteMe(world)(given, caller);
  if (!isRefusal(result)) return 'deleted';
  expect(result.refused).toBe('account_not_empty');
  return result.errors?.map(({ path }) => path);
};

test('deletes an empty account, after which nobody can sign in with its name or take it', async () => {
  const world = testWorld();
  const { refreshToken, ...signedIn } = await world.register('ann');
  const caller = world.callerOf({ refreshToken, ...signedIn });
  expect(await deleteMe(world)(given, caller)).toBeUndefined();

  const unknown = await world.logIn({ login: 'nobody', password: PASSWORD }, HOME);
  expect(await world.logIn({ login: 'ann', password: PASSWORD }, HOME)).toEqual(unknown);
  expect(await world.refreshSession(refreshToken)).toMatchObject({ refused: 'session_ended' });
  expect(await world.sessions.get(caller)).toBeUndefined();
  expect(await world.registerAccount({ username: 'ANN', password: PASSWORD }, HOME)).toMatchObject({
    refused: 'username_taken',
  });
});

test('refuses a wrong password, and an account with a second factor without its code', async () => {
  const world = testWorld();
  const { caller, recoveryCodes } = await world.registerWithTotp('ann');
  expect(await deleteMe(world)({ password: 'wrong horse battery' }, caller)).toMatchObject({
    refused: 'wrong_password',
  });
  expect(await deleteMe(world)(given, caller)).toMatchObject({ refused: 'second_factor_required' });
  expect(await deleteMe(world)({ ...given, code: recoveryCodes[0]! }, caller)).toBeUndefined();
  expect(await world.factors.get(caller.accountId)).toBeUndefined();
});

test('refuses a code that is spent before the account is closed, and leaves the account', async () => {
  const world = testWorld();
  const { caller, recoveryCodes } = await world.registerWithTotp('ann');
  const code = recoveryCodes[0]!;
  world.between('withdrawals', 'ofAccount', () =>
    world.stepUp(caller, code, async (proof) => world.factors.spend(proof!)),
  );
  expect(await deleteMe(world)({ ...given, code }, caller)).toEqual({ refused: 'wrong_second_factor' });
  expect(await world.accounts.get(caller.accountId)).toBeDefined();
  expect(await world.sessions.get(caller)).toBeDefined();
});

test('deletes the passkeys of an account, and refuses every answer to an earlier challenge', async () => {
  const world = testWorld();
  const { caller, key, recoveryCodes } = await world.registerWithPasskey('ann');
  const toSignIn = await world.startPasskeyLogIn();
  const challengeToken = await world.challenge('ann');
  const forStep = granted(await world.startStepUp(caller));
  const toAdd = granted(await world.startPasskey({ ...given, code: recoveryCodes[0]! }, caller));
  const response = key.answer(forStep.options);
  const passkey = { challengeId: forStep.challengeId, response };
  expect(await deleteMe(world)(given, caller)).toEqual({ refused: 'second_factor_required' });
  expect(await deleteMe(world)({ ...given, passkey }, caller)).toBeUndefined();

  expect(await world.factors.get(caller.accountId)).toBeUndefined();
  const wrong = { refused: 'wrong_code' };
  expect(await world.logInWithPasskey({ response: key.answer(toSignIn) }, HOME)).toEqual(wrong);
  const fresh = key.answer(await world.startPasskeyLogIn());
  expect(await world.logInWithPasskey({ response: fresh }, HOME)).toEqual(wrong);
  const code = recoveryCodes[1]!;
  expect(await world.logInSecondFactor({ challengeToken, code }, HOME)).toEqual(wrong);
  const another = authenticator(world.siteOrigin).register(toAdd);
  expect(await world.addPasskey({ name: 'Phone', response: another }, caller)).toEqual({
    refused: 'wrong_second_factor',
  });
  expect(await world.factors.get(caller.accountId)).toBeUndefined();
});

test('names every reason for which an account is not empty', async () => {
  const world = testWorld();
  const caller = await registered(world);
  const { accountId } = caller;
  world.give(caller, 5n * XMR);
  const offer = await world.publish({ ownerId: accountId });
  granted(
    await world.startTrade({ offerId: offer.id, amountXmr: asPiconero(XMR) }, BUYER, keyed(BUYER) as never),
  );
  await world.deposits.add(depositWith({ accountId }), []);
  expect(await attempt(world, caller)).toEqual([
    'openTrades',
    'availableXmr',
    'heldXmr',
    'pendingDepositsXmr',
  ]);
  expect(await world.accounts.get(accountId)).toBeDefined();
  expect(await deleteMe(world)(given, caller)).toEqual({
    refused: 'account_not_empty',
    errors: [
      { path: 'openTrades', message: '1 trades are open' },
      { path: 'availableXmr', message: '4 XMR are left' },
      { path: 'heldXmr', message: '1 XMR are held' },
      { path: 'pendingDepositsXmr', message: '0.000000000007 XMR are arriving' },
    ],
  });
});

test('refuses an account that owes XMR', async () => {
  const world = testWorld();
  const caller = await registered(world);
  await world.overdraw(caller, XMR);
  expect(await deleteMe(world)(given, caller)).toEqual({
    refused: 'account_not_empty',
    errors: [{ path: 'availableXmr', message: '-1 XMR are owed' }],
  });
});

test.each(WITHDRAWAL_STATES)(
  'a withdrawal that is %s refuses the deletion unless it has ended',
  async (state) => {
    const world = testWorld();
    const caller = await registered(world);
    const ofAccount = async () => ({ items: [withdrawalWith({ state }), internalWith()] });
    const withdrawals = { ...world.withdrawals, ofAccount };
    const result = await deleteMe({ ...world, withdrawals })(given, caller);
    if (['confirmed', 'failed'].includes(state)) expect(result).toBeUndefined();
    else
      expect(result).toEqual({
        refused: 'account_not_empty',
        errors: [{ path: 'withdrawals', message: '1 withdrawals have not ended' }],
      });
  },
);

test('looks at 100 trades and 100 withdrawals, because one is enough to refuse', async () => {
  const world = testWorld();
  const caller = await registered(world);
  const some =
    <T>(make: () => T) =>
    async (_: unknown, { limit }: { limit: number }) => ({
      items: Array.from({ length: Math.min(limit, 200) }, make),
    });
  const trades = { ...world.trades, ofParty: some(() => tradeWith()) };
  const withdrawals = { ...world.withdrawals, ofAccount: some(() => withdrawalWith()) };
  expect(await deleteMe({ ...world, trades, withdrawals })(given, caller)).toEqual({
    refused: 'account_not_empty',
    errors: [
      { path: 'openTrades', message: '100 trades are open' },
      { path: 'withdrawals', message: '100 withdrawals have not ended' },
    ],
  });
});

describe('of a deletion and something that begins at once, one wins', () => {
  test('a deposit that is seen after the account was read', async () => {
    const world = testWorld();
    const caller = await registered(world);
    const { accountId } = caller;
    world.between('ledger', 'balance', async () => {
      await world.deposits.add(depositWith({ accountId }), []);
    });
    expect(await deleteMe(world)(given, caller)).toEqual({
      refused: 'account_not_empty',
      errors: [{ path: 'pendingDepositsXmr', message: 'a trade or payment began just now' }],
    });
  });

  test('XMR that arrives after the account was read', async () => {
    const world = testWorld();
    const caller = await registered(world);
    world.between('withdrawals', 'ofAccount', async () => world.give(caller, XMR));
    expect(await attempt(world, caller)).toEqual(['availableXmr']);
  });

  test('a take of an offer to buy after the account was read', async () => {
    const world = testWorld();
    const caller = await registered(world);
    const offer = await world.publish({ ownerId: caller.accountId, side: 'buy' });
    world.give(BUYER, 5n * XMR);
    const take = () =>
      world.startTrade({ offerId: offer.id, amountXmr: asPiconero(XMR) }, BUYER, keyed(BUYER) as never);
    world.between('withdrawals', 'ofAccount', async () => granted(await take()));
    expect(await attempt(world, caller)).toEqual(['openTrades']);
  });

  test('a take of an offer to buy whose owner is deleted after the offer was read', async () => {
    const world = testWorld();
    const caller = await registered(world);
    const offer = await world.publish({ ownerId: caller.accountId, side: 'buy' });
    world.give(BUYER, 5n * XMR);
    const { offers } = world;
    // The offer is still stored, because the process that deletes the account has died.
    const { ports } = dying(world.ports, ['sessions'], { at: 1, when: 'before' });
    world.between('offers', 'get', async () => {
      await expect(deleteMe(ports)(given, caller)).rejects.toThrow(Died);
    });
    const taken = await world.startTrade(
      { offerId: offer.id, amountXmr: asPiconero(XMR) },
      BUYER,
      keyed(BUYER) as never,
    );
    expect(taken).toMatchObject({ refused: 'offer_not_open' });
    expect(await offers.get(offer.id)).toBeDefined();
  });

  test('a change of the account is deleted with it', async () => {
    const world = testWorld();
    const caller = await registered(world);
    world.between('ledger', 'balance', async () => {
      const account = (await world.accounts.get(caller.accountId))!;
      await world.accounts.save({ next: changed(account, { displayName: 'Ann' }), events: [] });
    });
    expect(await attempt(world, caller)).toBe('deleted');
  });
});

test('two deletions at once: both succeed, and one mail is sent', async () => {
  const world = testWorld();
  const caller = await registered(world);
  const [one, other] = await Promise.all([deleteMe(world)(given, caller), deleteMe(world)(given, caller)]);
  expect([one, other]).toContain(undefined);
  expect(await world.accounts.get(caller.accountId)).toBeUndefined();
});

/** An account with sessions, a payment account, an offer, an ended trade, an address, and a phrase. */
async function everything(world: TestWorld) {
  const caller = await registered(world, 'ann');
  const { accountId } = caller;
  const account = (await world.accounts.get(accountId))!;
  const next = changed(account, {
    displayName: 'Ann B.',
    email: 'ann@pupero.example',
    antiPhishingPhrase: 'blue whale',
  });
  const emails = { next: next.email };
  await world.accounts.save({ next, events: [], emails, renames: true });
  const fields = { name: 'Ann B.', iban: 'DE89370400440532013000' };
  const { id } = granted(await addPaymentAccount(world)({ method: 'sepa', label: 'Bank', fields }, caller));
  const paymentAccounts = [{ method: 'sepa', id }];
  const offer = { ...offerWith({ ownerId: accountId, paymentAccounts }), terms: 'ask for Ann' };
  await world.offers.add(offer);
  world.give(caller, XMR);
  const call = keyed(BUYER);
  const trade = granted(
    await world.startTrade({ offerId: offer.id, amountXmr: asPiconero(XMR) }, BUYER, call as never),
  );
  await world.confirmPaymentSent({ tradeId: trade.id }, BUYER);
  granted(await world.confirmPaymentReceived({ tradeId: trade.id }, caller));
  expect(trade.paymentDetails).toHaveLength(2);
  const written = { tradeId: trade.id, text: 'Ann says hello' };
  const message = granted(await sendMessage(world)(written, caller, { role: 'member', ...keyed(caller) }));
  const said = { tradeId: trade.id, rating: 5, comment: 'Ann was here' };
  const review = granted(await reviewTrade(world)(said, caller));
  await countTrade(world)({
    ...tradeEvent('trade_completed', (await world.trades.get(trade.id))!),
    requestId: 'r',
  });
  return { caller, offer, trade, message, review, answer: call.remember() };
}

async function expectNothingLeft(world: TestWorld, of: Awaited<ReturnType<typeof everything>>) {
  const { caller, offer, trade, message, review } = of;
  const { accountId } = caller;
  expect(await world.accounts.byEmail('ann@pupero.example')).toBeUndefined();
  expect(await world.paymentAccounts.ofAccount(accountId)).toEqual([]);
  expect(await world.offers.get(offer.id)).toBeUndefined();
  expect((await world.sessions.ofAccount(accountId, { limit: 10 })).items).toEqual([]);
  const places = await world.knownPlaces.ofName(nameDigest(world.secrets, 'ann'), { limit: 10 });
  expect(places.items).toEqual([]);
  const stored = (await world.trades.get(trade.id))!;
  expect(stored.terms).toBeUndefined();
  expect(stored.sealedDetails).toBeUndefined();
  const shown = await showTrade(world.ports, stored, BUYER, { now: world.clock.now() });
  expect(await world.talks.get(message.id)).not.toHaveProperty('text');
  expect(await world.reputation.review(review.id)).toMatchObject({ rating: 5 });
  expect(await world.reputation.review(review.id)).not.toHaveProperty('comment');
  expect(await world.reputation.standing(accountId)).toBeUndefined();
  expect((await world.names.beginningWith('ann', { limit: 9 })).items).toEqual([]);
  expect(shown.seller).toEqual({ username: 'deleted', tradesCompleted: 1 });
}

test('erases what an account has left, and mails its confirmed address with its phrase', async () => {
  const world = testWorld();
  const account = await everything(world);
  expect(await attempt(world, account.caller)).toBe('deleted');
  await expectNothingLeft(world, account);
  const mails = await world.mails();
  expect(mails).toMatchObject([{ to: 'ann@pupero.example', subject: 'Your account is deleted' }]);
  expect(mails[0]!.text).toContain('blue whale');
});

describe('the last mail', () => {
  const dated = (deletion: object, caller: Caller, world: TestWorld) => ({
    accountId: caller.accountId,
    at: world.clock.now(),
    nameDigest: nameDigest(world.secrets, 'ann'),
    ...deletion,
  });
  /** The deletion as it was stored with the closing. */
  async function stored(world: TestWorld, caller: Caller, isOn = true) {
    const { ports } = dying(world.ports, ['sessions'], { at: 1, when: 'before' });
    const mailQueue = { ...world.mailQueue, isOn };
    await expect(deleteMe({ ...ports, mailQueue })(given, caller)).rejects.toThrow(Died);
    return (await world.deletions.begunBefore(later(world.clock.now(), 1), 10))[0];
  }
  async function withAddress(world: TestWorld) {
    const caller = await registered(world, 'ann');
    const next = changed((await world.accounts.get(caller.accountId))!, { email: 'ann@pupero.example' });
    await world.accounts.save({ next, events: [], emails: { next: next.email } });
    return caller;
  }

  test('goes to the confirmed address, in the language of the account', async () => {
    const world = testWorld();
    const caller = await withAddress(world);
    const letter = { username: 'ann', language: 'en', email: 'ann@pupero.example' };
    expect(await stored(world, caller)).toStrictEqual(dated({ letter }, caller, world));
  });

  test('is not written to an account without an address', async () => {
    const world = testWorld();
    const caller = await registered(world, 'ann');
    expect(await stored(world, caller)).toStrictEqual(dated({}, caller, world));
  });

  test('is not written where no mails are sent', async () => {
    const world = testWorld();
    const caller = await withAddress(world);
    expect(await stored(world, caller, false)).toStrictEqual(dated({}, caller, world));
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])(
  'the schedule finishes a deletion whose process died at call %i after the closing',
  async (at) => {
    const world = testWorld();
    const account = await everything(world);
    const names = [
      'sessions',
      'factors',
      'paymentAccounts',
      'mailQueue',
      'knownPlaces',
      'offers',
      'trades',
      'talks',
    ] as const;
    // The calls before the closing read trades and the factor.
    const { ports } = dying(world.ports, [...names], { at: at + 2, when: 'before' });
    await deleteMe({ ...ports, mailQueue: { ...ports.mailQueue, isOn: true } })(given, account.caller).catch(
      (error) => expect(error).toBeInstanceOf(Died),
    );
    world.pass(3 * MINUTE_MS);
    expect(await finishDeletions(world)()).toBe(1);
    await expectNothingLeft(world, account);
    expect(await world.mails()).toHaveLength(1);
    expect(await finishDeletions(world)()).toBe(0);
  },
);

test('a repeated request after the process died ends the sessions and succeeds', async () => {
  const world = testWorld();
  const caller = await registered(world);
  const { ports } = dying(world.ports, ['sessions'], { at: 1, when: 'before' });
  await expect(deleteMe(ports)(given, caller)).rejects.toThrow(Died);
  expect(await deleteMe(world)(given, caller)).toBeUndefined();
  expect(await world.sessions.get(caller)).toBeUndefined();
});

test('the schedule erases an offer that a request stored after the closing', async () => {
  const world = testWorld();
  const caller = await registered(world);
  await deleteMe(world)(given, caller);
  const offer = granted(
    await createOffer(world)(
      {
        side: 'sell',
        currency: 'EUR',
        price: { kind: 'fixed', fiatPerXmr: '150.00' },
        minFiat: '10.00',
        maxFiat: '100.00',
        methods: ['sepa'],
        terms: 'late',
        paymentWindowMinutes: 30,
      },
      caller,
    ),
  );
  world.pass(3 * MINUTE_MS);
  await finishDeletions(world)();
  expect(await world.offers.get(offer.id)).toBeUndefined();
});

test('the schedule waits two minutes, and finishes a deletion once', async () => {
  const world = testWorld();
  await deleteMe(world)(given, await registered(world));
  expect(await finishDeletions(world)()).toBe(0);
  world.pass(2 * MINUTE_MS);
  expect(await finishDeletions(world)()).toBe(0);
  world.pass(1);
  expect(await finishDeletions(world)()).toBe(1);
  expect(await finishDeletions(world)()).toBe(0);
});

test('the schedule finishes ten deletions in one run, oldest first, and the others in the next', async () => {
  const world = testWorld();
  for (let n = 0; n < 11; n += 1) await deleteMe(world)(given, await registered(world, `ann-${n}`));
  world.pass(3 * MINUTE_MS);
  expect(await finishDeletions(world)()).toBe(10);
  expect(await finishDeletions(world)()).toBe(1);
});

test('a deletion that fails leaves the others finished, reports its error, and is tried again', async () => {
  const world = testWorld();
  const [ann, bob] = [await registered(world, 'ann'), await registered(world, 'bob')];
  for (const caller of [ann, bob]) await deleteMe(world)(given, caller);
  world.pass(3 * MINUTE_MS);
  const remove = async (accountId: AccountId) => {
    if (accountId === ann.accountId) throw new Error('throttled');
    await world.factors.remove(accountId);
  };
  const failing = { ...world.ports, factors: { ...world.factors, remove } };
  await expect(finishDeletions(failing)()).rejects.toThrow('throttled');
  const left = await world.deletions.begunBefore(world.clock.now(), 10);
  expect(left.map(({ accountId }) => accountId)).toEqual([ann.accountId]);
  expect(await finishDeletions(world)()).toBe(1);
});
