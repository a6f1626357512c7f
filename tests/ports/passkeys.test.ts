import type { FactorChange } from '#core/accounts/factors.ts';
import type { Passkey, PasskeyChallenge } from '#core/accounts/passkeys.ts';
import type { AccountId, PasskeyChallengeId, PasskeyId } from '#core/ids.ts';
import type { Assertion, Proof } from '#core/step-up.ts';
import { asInstant } from '#core/time.ts';
import { accountWith, fresh } from '#tests/helpers/entities.ts';
import { changeFactor, codeProof, stepProof, turnedOn } from './proofs.ts';
import { type Stores, stores } from './stores.ts';

const WRONG = 'wrong_second_factor';
const twenty = Array.from({ length: 20 }, (_, n) => n);

describe.each(stores)('passkeys (%s)', (_, open) => {
  let { accounts, factors } = {} as Stores;
  beforeAll(async () => {
    ({ accounts, factors } = await open());
  });

  const change = (accountId: AccountId, factor: FactorChange) =>
    changeFactor({ accounts }, accountId, factor);

  async function challengeFor(accountId: AccountId): Promise<PasskeyChallengeId> {
    const id = fresh<PasskeyChallengeId>();
    await factors.addChallenge({
      id,
      expiresAt: asInstant(9_000),
      use: { kind: 'step_up', accountId },
    });
    return id;
  }

  const passkeyOf = (accountId: AccountId, changes: Partial<Passkey> = {}): Passkey => ({
    id: fresh<PasskeyId>(),
    accountId,
    name: 'Laptop',
    credentialId: 'credential',
    publicKey: 'key',
    signCount: 0,
    transports: ['internal', 'hybrid'],
    createdAt: asInstant(1_000),
    ...changes,
  });

  async function add(passkey: Passkey, given: { recoveryDigests?: string[]; forgetsApp?: boolean } = {}) {
    const challengeId = await challengeFor(passkey.accountId);
    return change(passkey.accountId, { kind: 'passkey_added', passkey, challengeId, ...given });
  }

  /** An account with this passkey and the recovery codes `one` and `two`. */
  async function withPasskey(changes: Partial<Passkey> = {}): Promise<Passkey> {
    const accountId = fresh<AccountId>();
    await accounts.add(accountWith({ id: accountId }));
    const passkey = passkeyOf(accountId, changes);
    expect(await add(passkey, { recoveryDigests: ['one', 'two'] })).toBeUndefined();
    return passkey;
  }

  /** What a correct answer of the passkey spends, with a challenge of its own. */
  async function proofOf({ accountId, id }: Passkey, given: Partial<Assertion> = {}): Promise<Proof> {
    const challengeId = await challengeFor(accountId);
    const spends = { challengeId, passkeyId: id, signCount: 0, usedAt: asInstant(2_000), ...given };
    return { accountId, spends };
  }

  const remove = (proof: Proof, { accountId, id }: Passkey, isLast: boolean) =>
    change(accountId, { kind: 'passkey_removed', proof, passkeyId: id, isLast });

  test.each<PasskeyChallenge['use']>([
    { kind: 'sign_in' },
    { kind: 'second_factor', accountId: fresh() },
    { kind: 'step_up', accountId: fresh() },
    { kind: 'register', accountId: fresh(), credentialsVersion: 2 },
  ])('a challenge is read as it was written: $kind', async (use) => {
    const challenge = { id: fresh<PasskeyChallengeId>(), expiresAt: asInstant(9_000), use };
    expect(await factors.challenge(challenge.id)).toBeUndefined();
    await factors.addChallenge(challenge);
    expect(await factors.challenge(challenge.id)).toEqual(challenge);
  });

  test('stores a passkey and uses up its challenge', async () => {
    const first = await withPasskey();
    const { accountId } = first;
    const challengeId = await challengeFor(accountId);
    const second = passkeyOf(accountId, { createdAt: asInstant(2_000), name: 'Key' });
    const addSecond = (passkey: Passkey) =>
      change(accountId, { kind: 'passkey_added', passkey, challengeId });
    expect(await addSecond(second)).toBeUndefined();
    expect(await addSecond(passkeyOf(accountId))).toBe(WRONG);
    expect(await factors.challenge(challengeId)).toBeUndefined();
    expect(await add(second)).toBe('out_of_order');

    const { recoveryDigests, ...stored } = (await factors.get(accountId))!;
    expect(stored).toEqual({ accountId, passkeys: [first, second] });
    expect([...recoveryDigests].sort()).toEqual(['one', 'two']);
  });

  test('an app that was not confirmed is forgotten with the first passkey', async () => {
    const accountId = fresh<AccountId>();
    await accounts.add(accountWith({ id: accountId }));
    await factors.start({ id: accountId, credentialsVersion: 1 }, 'sealed', true);
    await add(passkeyOf(accountId), { recoveryDigests: ['one'], forgetsApp: true });
    expect(await factors.get(accountId)).not.toHaveProperty('sealedSecret', 'sealed');
    expect(await factors.start({ id: accountId, credentialsVersion: 1 }, 'another', true)).toBe(
      'changed_since',
    );
    expect(await factors.start({ id: accountId, credentialsVersion: 1 }, 'another', false)).toBeUndefined();
    expect(await factors.get(accountId)).toMatchObject({ sealedSecret: 'another', recoveryDigests: ['one'] });
  });

  test('spends an answer once of 20 times at once', async () => {
    const passkey = await withPasskey();
    const proof = await proofOf(passkey);
    const atOnce = await Promise.all(twenty.map(() => factors.spend(proof)));
    expect(atOnce.filter((one) => one === undefined)).toHaveLength(1);
    const used = { ...passkey, lastUsedAt: asInstant(2_000) };
    expect((await factors.get(passkey.accountId))?.passkeys).toEqual([used]);
  });

  test.each([
    ['stays 0', 0, 0, undefined],
    ['begins', 0, 1, undefined],
    ['rises', 5, 6, undefined],
    ['stays', 5, 5, WRONG],
    ['falls', 5, 4, WRONG],
    ['falls to 0', 5, 0, WRONG],
  ])('a counter that %s', async (_, before, after, outcome) => {
    const passkey = await withPasskey({ signCount: before });
    const proof = await proofOf(passkey, { signCount: after });
    expect(await factors.spend(proof)).toBe(outcome);
    const signCount = outcome ? before : after;
    expect((await factors.get(passkey.accountId))?.passkeys).toMatchObject([{ signCount }]);
  });

  test('a refused answer leaves its challenge', async () => {
    const passkey = await withPasskey({ signCount: 5 });
    const challengeId = await challengeFor(passkey.accountId);
    expect(await factors.spend(await proofOf(passkey, { challengeId, signCount: 5 }))).toBe(WRONG);
    expect(await factors.spend(await proofOf(passkey, { challengeId, signCount: 6 }))).toBeUndefined();
  });

  test('refuses an answer without a challenge, and one of a passkey that is not there', async () => {
    const passkey = await withPasskey();
    const none = { challengeId: fresh<PasskeyChallengeId>() };
    expect(await factors.spend(await proofOf(passkey, none))).toBe(WRONG);
    const stranger = passkeyOf(passkey.accountId);
    expect(await factors.spend(await proofOf(stranger))).toBe(WRONG);
    expect((await factors.get(passkey.accountId))?.passkeys).toEqual([passkey]);
  });

  test('renames a passkey that is there', async () => {
    const passkey = await withPasskey();
    const { accountId, id } = passkey;
    expect(await factors.renamePasskey(accountId, id, 'Phone')).toBeUndefined();
    expect((await factors.get(accountId))?.passkeys).toEqual([{ ...passkey, name: 'Phone' }]);
    expect(await factors.renamePasskey(accountId, fresh(), 'Phone')).toBe('not_found');
    expect(await factors.renamePasskey(fresh(), id, 'Phone')).toBe('not_found');
  });

  test('removes a passkey by its own answer, and the recovery codes with the last one', async () => {
    const last = await withPasskey();
    const { accountId } = last;
    const other = passkeyOf(accountId);
    await add(other);
    const proof = await proofOf(other);
    expect(await remove(proof, other, false)).toBeUndefined();
    expect(await remove(proof, other, false)).toBe(WRONG);
    expect(await factors.get(accountId)).toMatchObject({ passkeys: [last] });
    expect((await factors.get(accountId))?.recoveryDigests).toHaveLength(2);

    expect(await remove(await proofOf(last), last, true)).toBeUndefined();
    expect(await factors.get(accountId)).toBeUndefined();
  });

  test('removes a passkey by the answer of another, which counts', async () => {
    const kept = await withPasskey();
    const other = passkeyOf(kept.accountId);
    await add(other);
    expect(await remove(await proofOf(kept, { signCount: 3 }), other, false)).toBeUndefined();
    expect((await factors.get(kept.accountId))?.passkeys).toMatchObject([{ id: kept.id, signCount: 3 }]);
  });

  test('removes a passkey by a recovery code once of 20 times at once', async () => {
    const passkey = await withPasskey();
    const { accountId } = passkey;
    const other = passkeyOf(accountId, { createdAt: asInstant(2_000) });
    await add(other);
    const proof = codeProof({ accountId, recoveryDigests: [], passkeys: [] }, 'one');
    const atOnce = await Promise.all(twenty.map(() => remove(proof, other, false)));
    expect(atOnce.filter((one) => one === undefined)).toHaveLength(1);
    expect(await factors.get(accountId)).toMatchObject({ passkeys: [passkey], recoveryDigests: ['two'] });

    const spent = codeProof({ accountId, recoveryDigests: [], passkeys: [] }, 'one');
    expect(await remove(spent, passkey, true)).toBe(WRONG);
    const left = codeProof({ accountId, recoveryDigests: [], passkeys: [] }, 'two');
    expect(await remove(left, passkey, true)).toBeUndefined();
    expect(await factors.get(accountId)).toBeUndefined();
  });

  test.each([
    ['a code of the app', 'step'],
    ['a recovery code', 'code'],
    ['a passkey', 'passkey'],
  ])('turns the app off by %s, and keeps passkeys and recovery codes', async (_, by) => {
    const factor = await turnedOn({ accounts, factors }, fresh<AccountId>());
    const { accountId } = factor;
    const passkey = passkeyOf(accountId);
    await add(passkey);
    const proofs: Record<string, Proof> = {
      step: stepProof(factor, 12),
      code: codeProof(factor, 'one'),
      passkey: await proofOf(passkey),
    };
    const off = { kind: 'removed' as const, proof: proofs[by]!, keepsCodes: true as const };
    expect(await change(accountId, off)).toBeUndefined();
    expect(await change(accountId, off)).toBe(WRONG);

    const { recoveryDigests, passkeys, ...rest } = (await factors.get(accountId))!;
    expect(rest).toEqual({ accountId });
    expect(passkeys).toMatchObject([{ id: passkey.id }]);
    expect([...recoveryDigests].sort()).toEqual(by === 'code' ? ['two'] : ['one', 'two']);
    expect(await factors.start({ id: accountId, credentialsVersion: 1 }, 'another', false)).toBeUndefined();
  });

  test('renews the recovery codes by a passkey once', async () => {
    const passkey = await withPasskey();
    const { accountId } = passkey;
    const proof = await proofOf(passkey);
    const renew = (...recoveryDigests: string[]) =>
      change(accountId, { kind: 'renewed', proof, recoveryDigests });
    expect(await renew('three')).toBeUndefined();
    expect(await renew('four')).toBe(WRONG);
    expect((await factors.get(accountId))?.recoveryDigests).toEqual(['three']);
  });

  test('a deletion removes the app, the codes and all passkeys', async () => {
    const { accountId } = await turnedOn({ accounts, factors }, fresh<AccountId>());
    for (const _ of [1, 2, 3]) await add(passkeyOf(accountId));
    await factors.remove(accountId);
    expect(await factors.get(accountId)).toBeUndefined();
    await factors.remove(accountId);
  });
});
