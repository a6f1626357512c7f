import type { Caller } from '../caller.ts';
import type { Network } from '../chain/networks.ts';
import type { AccountId } from '../ids.ts';
import { userAccount } from '../ledger/ledger.ts';
import type { Ledger } from '../ledger/ports.ts';
import { reckon } from '../ledger/statement.ts';
import { asPiconero, type Piconero } from '../money/xmr.ts';
import type { PageRequest } from '../paging.ts';

/** What the deposits say of an account; neither asks the wallet itself. */
export interface DepositsOf {
  pendingDeposits(account: AccountId): Promise<Piconero>;
  /** The address to pay to; a first one is handed out, `undefined` while there is none to hand out. */
  depositAddress(account: AccountId): Promise<string | undefined>;
}

export type WalletPorts = {
  ledger: Pick<Ledger, 'balance' | 'statement'>;
  deposits: DepositsOf;
  network: Network;
};

export type WalletView = {
  network: Network;
  availableXmr: Piconero;
  heldXmr: Piconero;
  pendingDepositsXmr: Piconero;
  depositAddress?: string;
};

export function walletUseCases({ ledger, deposits, network }: WalletPorts) {
  return {
    async getWallet(_input: unknown, { accountId }: Caller): Promise<WalletView> {
      const [balance, pending, depositAddress] = await Promise.all([
        ledger.balance(accountId),
        deposits.pendingDeposits(accountId),
        deposits.depositAddress(accountId),
      ]);
      return {
        network,
        availableXmr: balance.availablePiconero,
        heldXmr: balance.heldPiconero,
        pendingDepositsXmr: pending,
        ...(depositAddress && { depositAddress }),
      };
    },

    /** The balance is reckoned from page to page, so that what comes in meanwhile changes no older line. */
    async listEntries({ page: { after, limit } }: { page: PageRequest }, { accountId }: Caller) {
      const known = after?.balance;
      const now = async () => (await ledger.balance(accountId)).availablePiconero;
      const from = known === undefined ? await now() : asPiconero(BigInt(known));
      const { items, more } = await ledger.statement(accountId, after?.before, limit);
      const transfers = items.map((item) => item.transfer);
      const { entries, before } = reckon(transfers, userAccount(accountId), from);
      const last = items.at(-1);
      return {
        items: entries,
        ...(more && last && { next: { before: last.position, balance: `${before}` } }),
      };
    },
  };
}
