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
    expect(await factors.useStep(factor, 10)).toBe(false);
    const atOnce = await Promise.all(Array.from({ length: 20 }, () => factors.useStep(factor, 12)));
    expect(atOnce.filter(Boolean)).toHaveLength(1);
    expect(await factors.useStep(factor, 11)).toBe(false);
    expect(await factors.useStep(factor, 13)).toBe(true);
  });

  test('a recovery code passes once, even 20 times at once', async () => {
    const factor = await turnedOn();
    const atOnce = await Promise.all(
      Array.from({ length: 20 }, () => factors.useRecoveryCode(factor, 'one')),
    );
    expect(atOnce.filter(Boolean)).toHaveLength(1);
    expect(await factors.useRecoveryCode(factor, 'three')).toBe(false);
    expect(await factors.useRecoveryCode(factor, 'two')).toBe(true);
    expect(await factors.useRecoveryCode(factor, 'two')).toBe(false);
  });

  test('nothing passes for a secret that is not on, or no more the one that was read', async () => {
    const factor = await turnedOn();
    await factors.remove({ ...factor, sealedSecret: 'other' });
    expect(await factors.get(factor.accountId)).toEqual(factor);
    await factors.remove(factor);
    expect(await factors.get(factor.accountId)).toBeUndefined();
    expect(await factors.useStep(factor, 20)).toBe(false);

    await factors.start(factor.accountId, 'new');
    const waiting = (await factors.get(factor.accountId))!;
    expect(await factors.useStep(waiting, 20)).toBe(false);
    expect(await factors.useStep(factor, 20)).toBe(false);
    expect(await factors.useRecoveryCode(factor, 'one')).toBe(false);
  });
});
