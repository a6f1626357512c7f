import type { AppFactor, FactorChange, SecondFactor } from '#core/accounts/factors.ts';
import type { AccountId } from '#core/ids.ts';
import type { Proof } from '#core/step-up.ts';
import { accountWith, fresh } from '#tests/helpers/entities.ts';
import { changeFactor, codeProof, FIRST_CODE, turnedOn as on, stepProof } from './proofs.ts';
import { type Stores, stores } from './stores.ts';

const WRONG = 'wrong_second_factor';
const twenty = Array.from({ length: 20 }, (_, n) => n);

describe.each(stores)('second factors (%s)', (_, open) => {
  let { accounts, factors } = {} as Stores;
  beforeAll(async () => {
    ({ accounts, factors } = await open());
  });

  const turnedOn = () => on({ accounts, factors }, fresh<AccountId>());
  const change = (accountId: AccountId, factor: FactorChange) =>
    changeFactor({ accounts }, accountId, factor);
  const confirm = (factor: SecondFactor) =>
    change(factor.accountId, { kind: 'confirmed', factor: factor as AppFactor, first: FIRST_CODE });
  const remove = (proof: Proof) => change(proof.accountId, { kind: 'removed', proof });

  test('a secret may be replaced until its first code confirms it', async () => {
    const accountId = fresh<AccountId>();
    await accounts.add(accountWith({ id: accountId }));
    expect(await factors.get(accountId)).toBeUndefined();
    expect(await factors.start({ id: accountId, credentialsVersion: 1 }, 'sealed-1', true)).toBeUndefined();
    const replaced = (await factors.get(accountId))!;
    expect(await factors.start({ id: accountId, credentialsVersion: 1 }, 'sealed-2', true)).toBeUndefined();
    expect(await factors.get(accountId)).toEqual({
      accountId,
      sealedSecret: 'sealed-2',
      credentialsVersion: 1,
      recoveryDigests: [],
      passkeys: [],
    });
    expect(await confirm(replaced)).toBe('out_of_order');
  });

  test('neither replaces nor confirms a factor that is on', async () => {
    const factor = await turnedOn();
    expect(factor).toMatchObject({
      sealedSecret: 'sealed',
      confirmedAt: FIRST_CODE.confirmedAt,
      lastStep: 10,
    });
    expect([...factor.recoveryDigests].sort()).toEqual(['one', 'two']);
    for (const isFirst of [true, false])
      expect(await factors.start({ id: factor.accountId, credentialsVersion: 1 }, 'other', isFirst)).toBe(
        'changed_since',
      );
    expect(await confirm(factor)).toBe('out_of_order');
    expect(await factors.get(factor.accountId)).toEqual(factor);
  });

  test('spends a time step once of 20 times at once, and all earlier steps with it', async () => {
    const factor = await turnedOn();
    expect(await factors.spend(stepProof(factor, 10))).toBe(WRONG);
    const atOnce = await Promise.all(twenty.map(() => factors.spend(stepProof(factor, 12))));
    expect(atOnce.filter((one) => one === undefined)).toHaveLength(1);
    expect((await factors.get(factor.accountId))?.lastStep).toBe(12);
    expect(await factors.spend(stepProof(factor, 11))).toBe(WRONG);
    expect(await factors.spend(stepProof(factor, 13))).toBeUndefined();
  });

  test('spends a recovery code once of 20 times at once', async () => {
    const factor = await turnedOn();
    const atOnce = await Promise.all(twenty.map(() => factors.spend(codeProof(factor, 'one'))));
    expect(atOnce.filter((one) => one === undefined)).toHaveLength(1);
    expect((await factors.get(factor.accountId))?.recoveryDigests).toEqual(['two']);
    expect(await factors.spend(codeProof(factor, 'three'))).toBe(WRONG);
    expect(await factors.spend(codeProof(factor, 'two'))).toBeUndefined();
    expect((await factors.get(factor.accountId))?.recoveryDigests).toEqual([]);
  });

  test('turns the factor off for one of 20 calls at once, and spends its code', async () => {
    const factor = await turnedOn();
    expect(await remove(stepProof(factor, 10))).toBe(WRONG);
    expect(await remove(codeProof(factor, 'three'))).toBe(WRONG);
    expect(await factors.get(factor.accountId)).toEqual(factor);
    const atOnce = await Promise.all(twenty.map(() => remove(codeProof(factor, 'one'))));
    expect(atOnce.filter((one) => one === undefined)).toHaveLength(1);
    expect(await factors.get(factor.accountId)).toBeUndefined();
  });

  test.each([
    ['a code of the app', (factor: SecondFactor) => stepProof(factor, 12), 12],
    ['a recovery code', (factor: SecondFactor) => codeProof(factor, 'one'), 10],
  ])('renews the recovery codes once with %s', async (_, proofOf, lastStep) => {
    const factor = await turnedOn();
    const renew = (proof: Proof, recoveryDigests: string[]) =>
      change(factor.accountId, { kind: 'renewed', proof, recoveryDigests });
    expect(await renew(stepProof(factor, 10), ['x'])).toBe(WRONG);
    expect(await renew(codeProof(factor, 'three'), ['x'])).toBe(WRONG);
    expect(await factors.get(factor.accountId)).toEqual(factor);

    expect(await renew(proofOf(factor), ['three', 'four'])).toBeUndefined();
    expect(await renew(proofOf(factor), ['five'])).toBe(WRONG);

    const renewed = (await factors.get(factor.accountId))!;
    expect([...renewed.recoveryDigests].sort()).toEqual(['four', 'three']);
    expect(renewed.lastStep).toBe(lastStep);
  });

  test('spends no code of a secret that is not on or was replaced', async () => {
    const factor = await turnedOn();
    expect(await remove(stepProof({ ...factor, sealedSecret: 'other' }, 20))).toBe(WRONG);
    await remove(stepProof(factor, 20));
    expect(await factors.spend(stepProof(factor, 21))).toBe(WRONG);

    await factors.start({ id: factor.accountId, credentialsVersion: 1 }, 'new', true);
    const waiting = (await factors.get(factor.accountId))!;
    for (const one of [waiting, factor]) {
      expect(await factors.spend(stepProof(one, 20))).toBe(WRONG);
      expect(await factors.spend(codeProof(one, 'one'))).toBe(WRONG);
    }
  });
});
