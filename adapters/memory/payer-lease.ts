import type { WithdrawalId } from '#core/ids.ts';
import { type Clock, type Instant, later } from '#core/time.ts';
import type { PayerLease } from '#core/withdrawals/ports.ts';

/** The item PAYER of the table, which the fakes of lease and withdrawals share. */
export type PayerItem = { holder?: string | undefined; until?: Instant; prepared?: WithdrawalId | undefined };

export function memoryPayerLease(item: PayerItem, clock: Clock): PayerLease {
  return {
    async take(holder, forMs) {
      const now = clock.now();
      if (item.holder !== undefined && item.holder !== holder && item.until! >= now) return undefined;
      const until = later(now, forMs);
      Object.assign(item, { holder, until });
      return { until, ...(item.prepared && { prepared: item.prepared }) };
    },
    async release(holder) {
      if (item.holder === holder) item.holder = undefined;
    },
    prepared: async () => item.prepared,
  };
}
