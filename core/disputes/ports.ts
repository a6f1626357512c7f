import type { AuditEntry } from '../moderation/audit-log.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { People } from '../people.ts';
import type { Proof } from '../step-up.ts';
import type { TradePorts, Trades } from '../trades/ports.ts';
import type { Advanced } from '../trades/rules.ts';
import type { Trade } from '../trades/trades.ts';

export interface Disputes {
  /** Trades whose dispute is open, or has ended, newest dispute first. */
  list(isOpen: boolean, page: PageRequest): Promise<Page<Trade>>;
  /** Writes the decided trade like `Trades.save`, and the entry of the audit log, all or nothing. */
  resolve(advanced: Advanced, entry: AuditEntry, proof?: Proof): ReturnType<Trades['save']>;
}

/** The ports of the use cases of arbitrators. */
export type DisputePorts = Pick<TradePorts, 'trades' | 'detailsCipher' | 'stepUp' | 'clock' | 'ids'> & {
  disputes: Disputes;
  people: People;
};
