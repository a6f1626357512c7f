import type { AccountId, WithdrawalId } from '#core/ids.ts';
import { movedPiconero } from '#core/ledger/ledger.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { asInstant } from '#core/time.ts';
import { giveBack, moveInside, settle } from '#core/withdrawals/moves.ts';
import { confirm, fail, prepare, requeue } from '#core/withdrawals/transitions.ts';
import { fresh, internalWith, rememberedFor, withdrawalWith } from '#tests/helpers/entities.ts';
import { add, added, anAccount, onwards, PAID } from './added-withdrawals.ts';
import { codeProof, stepProof, turnedOn } from './proofs.ts';
import { type Stores, stores } from './stores.ts';

const now = asInstant(1_000_000);

describe.each(stores)('withdrawals (%s)', (_, open) => {
  let ports: Stores;
  beforeAll(async () => {
    ports = await open();
  });

  test('stores a withdrawal as it was added, with its holds', async () => {
    const accountId = await anAccount(ports);
    const withdrawal = await added(ports, accountId);
    expect(await ports.withdrawals.get(withdrawal.id)).toEqual(withdrawal);
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 0n, heldPiconero: 120n });
    expect(await ports.withdrawals.get('nothing' as WithdrawalId)).toBeUndefined();
  });

  test('adds three of ten withdrawals at once out of a balance for three', async () => {
    const accountId = await anAccount(ports, 3);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => {
        const withdrawal = withdrawalWith({ accountId });
        return add(ports, withdrawal);
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'insufficient_funds')).toHaveLength(7);
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 0n, heldPiconero: 360n });
    const { items } = await ports.withdrawals.ofAccount(accountId, { limit: 10 });
    expect(items).toHaveLength(3);
  });

  test('adds one of three withdrawals at once with one idempotency key', async () => {
    const accountId = await anAccount(ports, 5);
    const row = rememberedFor(accountId);
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => {
        const withdrawal = withdrawalWith({ accountId });
        return add(ports, withdrawal, { row });
      }),
    );
    expect(outcomes.sort()).toEqual(['idempotency_key_reused', 'idempotency_key_reused', undefined]);
    expect((await ports.ledger.balance(accountId)).heldPiconero).toBe(120n);
  });

  test('adds one of 20 withdrawals at once with one code', async () => {
    const accountId = await anAccount(ports, 20);
    const factor = await turnedOn(ports, accountId);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => {
        const withdrawal = withdrawalWith({ accountId });
        const proof = stepProof(factor, 12);
        return add(ports, withdrawal, { proof });
      }),
    );
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'wrong_second_factor')).toHaveLength(19);
    expect((await ports.ledger.balance(accountId)).heldPiconero).toBe(120n);
  });

  test('spends a code with the withdrawal that it adds, and not with a refused one', async () => {
    const accountId = await anAccount(ports, 1);
    const factor = await turnedOn(ports, accountId);
    const addWith = (row = rememberedFor(accountId), code = 'one') =>
      add(ports, withdrawalWith({ accountId }), { row, proof: codeProof(factor, code) });
    const row = rememberedFor(accountId);
    expect(await addWith(row)).toBeUndefined();
    expect(await addWith(row)).toBe('idempotency_key_reused');
    // The code comes before the balance, which is too small as well.
    expect(await addWith()).toBe('wrong_second_factor');
    expect(await addWith(rememberedFor(accountId), 'two')).toBe('insufficient_funds');
    expect((await ports.factors.get(accountId))?.recoveryDigests).toEqual(['two']);
  });

  test('writes the first of two changes from one version, with its moves only', async () => {
    const accountId = await anAccount(ports);
    const from = await added(ports, accountId);
    const failed = onwards(from, { state: 'failed', failureCode: 'address_refused' });
    expect(await ports.withdrawals.save({ ...failed, moves: giveBack(from, now) })).toBeUndefined();
    const late = { ...onwards(from, { state: 'confirmed' }), moves: settle(from, now) };
    expect(await ports.withdrawals.save(late)).toBe('changed_since');
    expect(await ports.withdrawals.save(onwards(from, { attempt: 2 }))).toBe('changed_since');
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 120n, heldPiconero: 0n });
  });

  test('a confirmation posts amount and fee, and gives the unused fee back', async () => {
    const accountId = await anAccount(ports);
    const from = await added(ports, accountId, { state: 'broadcast', ...PAID });
    const change = confirm({ ...from, feePiconero: asPiconero(7n) }, 7, now);
    const { to } = change;
    await ports.withdrawals.save(change);
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 13n, heldPiconero: 0n });
    expect(await ports.withdrawals.get(from.id)).toEqual(to);
  });

  test('a withdrawal of everything has one hold, which settles as amount and fee', async () => {
    const accountId = await anAccount(ports);
    const from = await added(ports, accountId, { max: true, state: 'broadcast', ...PAID });
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 0n, heldPiconero: 120n });
    const costs = { amountPiconero: asPiconero(113n), feePiconero: asPiconero(7n) };
    await ports.withdrawals.save(confirm({ ...from, ...costs }, 7, now));
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 0n, heldPiconero: 0n });
    const { items } = await ports.ledger.statement(accountId, undefined, 10);
    const moved = items.map(({ transfer }) => [transfer.kind, movedPiconero(transfer)]);
    expect(moved.sort()).toEqual([
      ['faucet', 120n],
      ['network_fee', 7n],
      ['withdrawal', 113n],
    ]);
  });

  test('a failed withdrawal of everything makes all of it available again', async () => {
    const accountId = await anAccount(ports);
    const from = await added(ports, accountId, { max: true });
    const failed = onwards(from, { state: 'failed', failureCode: 'address_refused' });
    await ports.withdrawals.save({ ...failed, moves: giveBack(from, now) });
    expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 120n, heldPiconero: 0n });
  });

  test.each([1, 3])(
    'holds everything only if the balance is still the one that was read (%i times as much)',
    async (times) => {
      const accountId = await anAccount(ports, 2);
      const amountPiconero = asPiconero(BigInt(times) * 120n - 20n);
      const withdrawal = withdrawalWith({ accountId, max: true, amountPiconero });
      const outcome = await add(ports, withdrawal);
      expect(outcome).toBe('insufficient_funds');
      expect(await ports.ledger.balance(accountId)).toEqual({ availablePiconero: 240n, heldPiconero: 0n });
    },
  );

  test('moves everything to a member only if exactly 0 stays', async () => {
    const [accountId, payee] = [await anAccount(ports), fresh<AccountId>()];
    const move = (amount: bigint) => {
      const inside = internalWith({ accountId, amountPiconero: asPiconero(amount) });
      return add(ports, inside, { moves: moveInside(inside, payee, true) });
    };
    expect(await move(119n)).toBe('insufficient_funds');
    expect(await move(120n)).toBeUndefined();
    expect((await ports.ledger.balance(accountId)).availablePiconero).toBe(0n);
    expect((await ports.ledger.balance(payee)).availablePiconero).toBe(120n);
  });

  test('stores a signed transaction byte by byte', async () => {
    const more = { state: 'broadcast', ...PAID } as const;
    const withdrawal = await added(ports, await anAccount(ports), more);
    expect(await ports.withdrawals.get(withdrawal.id)).toEqual(withdrawal);
  });

  test('lists queued withdrawals by their last message, and broadcast ones', async () => {
    const accountId = await anAccount(ports, 3);
    const late = await added(ports, accountId, { sentAt: asInstant(9) });
    const early = await added(ports, accountId, { sentAt: asInstant(3) });
    const away = await added(ports, accountId, { state: 'broadcast', ...PAID, requestedAt: asInstant(1) });
    const queued = (await ports.withdrawals.queued(50)).items.map(({ id }) => id);
    expect(queued.slice(0, 2)).toEqual([early.id, late.id]);
    expect((await ports.withdrawals.broadcast(1)).items.map(({ id }) => id)).toEqual([away.id]);
    await ports.withdrawals.save(onwards(early, { sentAt: asInstant(10), attempt: 2 }));
    expect((await ports.withdrawals.queued(2)).items.map(({ id }) => id)).toEqual([late.id, early.id]);
  });

  test('lists an account’s withdrawals newest first, page by page', async () => {
    const accountId = await anAccount(ports, 3);
    const ids = [
      (await added(ports, accountId)).id,
      (await added(ports, accountId)).id,
      (await added(ports, accountId)).id,
    ];
    const first = await ports.withdrawals.ofAccount(accountId, { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const second = await ports.withdrawals.ofAccount(accountId, { limit: 2, after: first.next! });
    expect(second.items.map(({ id }) => id)).toEqual([ids[0]]);
  });

  const asked = (accountId: AccountId) => withdrawalWith({ accountId, countsAsQueued: true });

  test('adds as many of 50 withdrawals at once as may be queued', async () => {
    const accountId = await anAccount(ports, 50);
    const outcomes = await Promise.all([...Array(50)].map(() => add(ports, asked(accountId))));
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === 'too_many_open')).toHaveLength(48);
    expect((await ports.ledger.balance(accountId)).heldPiconero).toBe(240n);
  });

  test.each(['is prepared', 'failed'] as const)(
    'a withdrawal that %s frees a place, and a requeued one takes it again',
    async (next) => {
      const accountId = await anAccount(ports, 9);
      const [first, second] = [asked(accountId), asked(accountId)];
      for (const one of [first, second]) expect(await add(ports, one)).toBeUndefined();
      expect(await add(ports, asked(accountId))).toBe('too_many_open');

      const { txid, prepared } = PAID;
      const costs = { amountPiconero: first.amountPiconero, feePiconero: first.feePiconero };
      const left = prepare(first, { txid, ...prepared, ...costs, metadata: '' }, now);
      if (next === 'failed') await ports.withdrawals.save(fail(first, 'address_refused', now));
      else {
        await ports.lease.take('holder', 1_000);
        expect(await ports.withdrawals.saveAsPrepared(left, 'holder')).toBeUndefined();
      }
      expect(await add(ports, asked(accountId))).toBeUndefined();
      expect(await add(ports, asked(accountId))).toBe('too_many_open');
      if (next === 'failed') return;

      expect(await ports.withdrawals.save(requeue(left.to, now))).toBeUndefined();
      await ports.lease.release('holder');
      await ports.withdrawals.save({
        ...onwards(second, { state: 'failed', failureCode: 'address_refused' }),
        moves: giveBack(second, now),
      });
      // Three were queued for a moment: one more has to leave before there is room.
      expect(await add(ports, asked(accountId))).toBe('too_many_open');
    },
  );

  test('recognises a repeated idempotency key before it checks the limit', async () => {
    const accountId = await anAccount(ports, 9);
    const row = rememberedFor(accountId);
    expect(await add(ports, asked(accountId), { row })).toBeUndefined();
    expect(await add(ports, asked(accountId))).toBeUndefined();
    expect(await add(ports, asked(accountId), { row })).toBe('idempotency_key_reused');
  });

  test('withdrawals from before the limit do not count towards it', async () => {
    const accountId = await anAccount(ports, 9);
    const old = [withdrawalWith({ accountId }), withdrawalWith({ accountId }), withdrawalWith({ accountId })];
    for (const one of old) expect(await add(ports, one)).toBeUndefined();
    for (const one of [asked(accountId), asked(accountId)]) expect(await add(ports, one)).toBeUndefined();
    await ports.withdrawals.save({
      ...onwards(old[0]!, { state: 'failed', failureCode: 'address_refused' }),
      moves: giveBack(old[0]!, now),
    });
    expect(await add(ports, asked(accountId))).toBe('too_many_open');
  });
});
