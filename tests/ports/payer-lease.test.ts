import { fresh } from '#tests/helpers/entities.ts';
import { added, anAccount, onwards, PAID } from './added-withdrawals.ts';
import { type Stores, stores } from './stores.ts';

describe.each(stores)('the payer’s lease (%s)', (_, open) => {
  let ports: Stores;
  beforeAll(async () => {
    ports = await open();
  });

  test('gives the lease to one of ten payers, until it expires or is released', async () => {
    ports.clock.pass(100_000);
    const holders = Array.from({ length: 10 }, () => fresh<string>());
    const taken = await Promise.all(holders.map((holder) => ports.lease.take(holder, 1_000)));
    expect(taken.filter(Boolean)).toEqual([{ until: ports.clock.now() + 1_000 }]);
    const holder = holders[taken.findIndex(Boolean)]!;
    await ports.lease.release('somebody else');
    expect(await ports.lease.take('next', 1_000)).toBeUndefined();
    await ports.lease.release(holder);
    expect(await ports.lease.take('next', 1_000)).toBeDefined();
    ports.clock.pass(1_001);
    expect(await ports.lease.take('third', 1_000)).toBeDefined();
    await ports.lease.release('next');
    expect(await ports.lease.take('fourth', 1_000)).toBeUndefined();
    await ports.lease.release('third');
  });

  test('lets its holder take the lease again after a failed release', async () => {
    ports.clock.pass(100_000);
    await ports.lease.take('payer', 1_000);
    ports.clock.pass(600);
    expect(await ports.lease.take('payer', 1_000)).toEqual({ until: ports.clock.now() + 1_000 });
    expect(await ports.lease.take('another', 1_000)).toBeUndefined();
    await ports.lease.release('payer');
  });

  test('stores one prepared withdrawal at a time, for the holder of the lease only', async () => {
    const accountId = await anAccount(ports, 2);
    const [one, two] = [await added(ports, accountId), await added(ports, accountId)];
    const prepared = { state: 'prepared', ...PAID } as const;
    await ports.lease.take('payer', 1_000);
    expect(await ports.withdrawals.saveAsPrepared(onwards(one, prepared), 'another')).toBe('lease_lost');
    const first = onwards(one, prepared);
    expect(await ports.withdrawals.saveAsPrepared(first, 'payer')).toBeUndefined();
    expect(await ports.withdrawals.get(one.id)).toEqual(first.to);
    expect(await ports.withdrawals.saveAsPrepared(onwards(two, prepared), 'payer')).toBe('lease_lost');
    expect(await ports.withdrawals.saveAsPrepared(onwards(one, prepared), 'payer')).toBe('changed_since');
    await ports.lease.release('payer');
    expect(await ports.lease.take('payer', 1_000)).toMatchObject({ prepared: one.id });

    const broadcast = onwards(first.to, { state: 'broadcast' });
    expect(await ports.withdrawals.save(broadcast)).toBeUndefined();
    expect(await ports.withdrawals.save(broadcast)).toBe('changed_since');
    expect(await ports.withdrawals.saveAsPrepared(onwards(two, prepared), 'payer')).toBeUndefined();
    await ports.lease.release('payer');
  });
});
