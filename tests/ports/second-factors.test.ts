import type { AccountId } from '#core/ids.ts';
import { asInstant } from '#core/time.ts';
import { accountStores } from './account-stores.ts';
import { fresh } from './stores.ts';

const FIRST = { confirmedAt: asInstant(5_000), step: 10, recoveryDigests: ['one', 'two'] };

describe.each(accountStores)('second factors in %s', (_, open) => {
  const { factors } = open();

  async function turnedOn() {
    const accountId = fresh<AccountId>();
    await factors.start(accountId, 'sealed');
    await factors.confirm((await factors.get(accountId))!, FIRST);
    return (await factors.get(accountId))!;
  }

  test('a secret waits for its first code, and may be replaced until then', async () => {
    const accountId = fresh<AccountId>();
    expect(await factors.get(accountId)).toBeUndefined();
    expect(await factors.start(accountId, 'sealed-1')).toBeUndefined();
    const replaced = (await factors.get(accountId))!;
    expect(await factors.start(accountId, 'sealed-2')).toBeUndefined();
    expect(await factors.get(accountId)).toEqual({ accountId, sealedSecret: 'sealed-2' });
    expect(await factors.confirm(replaced, FIRST)).toBe('out_of_order');
  });

  test('once on, it is neither replaced nor confirmed again', async () => {
    const factor = await turnedOn();
    expect(factor).toMatchObject({ sealedSecret: 'sealed', confirmedAt: FIRST.confirmedAt });
    expect(await factors.start(factor.accountId, 'other')).toBe('out_of_order');
    expect(await factors.confirm(factor, FIRST)).toBe('out_of_order');
    expect(await factors.get(factor.accountId)).toEqual(factor);
  });

  test('a step passes once, even 20 times at once, and none before it', async () => {
    const factor = await turnedOn();
    expect(await factors.useStep(factor, 10, 'a')).toBe(false);
    const atOnce = await Promise.all(
      Array.from({ length: 20 }, (_, index) => factors.useStep(factor, 12, `${index}`)),
    );
    expect(atOnce.filter(Boolean)).toHaveLength(1);
    expect(await factors.useStep(factor, 11, 'a')).toBe(false);
    expect(await factors.useStep(factor, 13, 'a')).toBe(true);
  });

  test('for the same purpose a code passes again, also at once', async () => {
    const factor = await turnedOn();
    const ten = Array.from({ length: 10 }, () => 'a');
    const steps = await Promise.all(ten.map((purpose) => factors.useStep(factor, 12, purpose)));
    const codes = await Promise.all(ten.map((purpose) => factors.useRecoveryCode(factor, 'one', purpose)));
    expect([...steps, ...codes].every(Boolean)).toBe(true);
    expect(await factors.useStep(factor, 12, 'b')).toBe(false);
    expect(await factors.useRecoveryCode(factor, 'one', 'b')).toBe(false);
    expect(await factors.useRecoveryCode(factor, 'two', 'a')).toBe(true);
    expect(await factors.useRecoveryCode(factor, 'two', 'a')).toBe(true);
    expect(await factors.useStep(factor, 11, 'a')).toBe(false);
  });

  test('a recovery code passes once, even 20 times at once', async () => {
    const factor = await turnedOn();
    const atOnce = await Promise.all(
      Array.from({ length: 20 }, (_, index) => factors.useRecoveryCode(factor, 'one', `${index}`)),
    );
    expect(atOnce.filter(Boolean)).toHaveLength(1);
    expect(await factors.useRecoveryCode(factor, 'three', 'a')).toBe(false);
    expect(await factors.useRecoveryCode(factor, 'two', 'a')).toBe(true);
    expect(await factors.useRecoveryCode(factor, 'two', 'b')).toBe(false);
  });

  test('nothing passes for a secret that is not on, or no more the one that was read', async () => {
    const factor = await turnedOn();
    await factors.remove({ ...factor, sealedSecret: 'other' });
    expect(await factors.get(factor.accountId)).toEqual(factor);
    await factors.remove(factor);
    expect(await factors.get(factor.accountId)).toBeUndefined();
    expect(await factors.useStep(factor, 20, 'a')).toBe(false);

    await factors.start(factor.accountId, 'new');
    const waiting = (await factors.get(factor.accountId))!;
    expect(await factors.useStep(waiting, 20, 'a')).toBe(false);
    expect(await factors.useStep(factor, 20, 'a')).toBe(false);
    expect(await factors.useRecoveryCode(factor, 'one', 'a')).toBe(false);
  });
});
