import type { Caller } from '../caller.ts';
import { userAccount } from '../ledger/ledger.ts';
import { reckon } from '../ledger/statement.ts';
import { asPiconero } from '../money/xmr.ts';
import type { PageRequest } from '../paging.ts';
import type { WalletPorts } from './ports.ts';

/**
 * A page of the statement, newest first. The cursor carries the balance from page to page, so that new movements do not
 * change older lines.
 */
export const listEntries =
  ({ ledger }: Pick<WalletPorts, 'ledger'>) =>
  async ({ page: { after, limit } }: { page: PageRequest }, { accountId }: Caller) => {
    const known = after?.balance;
    const from =
      known === undefined ? (await ledger.balance(accountId)).availablePiconero : asPiconero(BigInt(known));
    const { items, more } = await ledger.statement(accountId, after?.before, limit);
    const transfers = items.map((item) => item.transfer);
    const { entries, before } = reckon(transfers, userAccount(accountId), from);
    const last = items.at(-1);
    return {
      items: entries,
      ...(more && last && { next: { before: last.position, balance: `${before}` } }),
    };
  };
