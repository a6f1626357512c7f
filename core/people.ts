import type { Person } from './caller.ts';
import type { AccountId } from './ids.ts';

/** How accounts are seen by others. */
export interface People {
  getMany(ids: readonly AccountId[]): Promise<Map<AccountId, Person>>;
}
