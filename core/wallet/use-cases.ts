import type { Caller } from '../caller.ts';
import type { Remember } from '../idempotency.ts';
import type { AccountId, Ids, TransferId } from '../ids.ts';
import { houseAccount, transfer, userAccount } from '../ledger/ledger.ts';
import type { Ledger } from '../ledger/ports.ts';
import { reckon } from '../ledger/statement.ts';
import type { Network } from '../monero/networks.ts';
import { asPiconero, PICONERO_PER_XMR, type Piconero } from '../money/xmr.ts';
import type { PageRequest } from '../paging.ts';
import { refusal } from '../refusal.ts';
import type { Clock } from '../time.ts';

/** What the payments side says of an account; neither asks the wallet itself. */
export interface DepositsOf {
  pendingDeposits(account: AccountId): Promise<Piconero>;
  /** The address to pay to; a first one is handed out, `undefined` while there is none to hand out. */
  depositAddress(account: AccountId): Promise<string | undefined>;
}

export type WalletPorts = { ledger: Ledger; deposits: DepositsOf; clock: Clock; ids: Ids; network: Network };

/** Play money for one draw, and for one account and day (UTC). */
export const FAUCET = {
  perDrawPiconero: asPiconero(10n * PICONERO_PER_XMR),
  perDayPiconero: asPiconero(100n * PICONERO_PER_XMR),
} as const;

export type WalletView = {
  network: Network;
  availableXmr: Piconero;
  heldXmr: Piconero;
  pendingDepositsXmr: Piconero;
  depositAddress?: string;
};

export function walletUseCases({ ledger, deposits, clock, ids, network }: WalletPorts) {
  async function getWallet(_input: unknown, { accountId }: Caller): Promise<WalletView> {
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
  }

  return {
    getWallet,

    async listEntries({ page }: { page: PageRequest }, { accountId }: Caller) {
      const { after, limit } = page;
      const known = after?.balance;
      const from =
        known === undefined ? (await ledger.balance(accountId)).availablePiconero : asPiconero(BigInt(known));
      const { items, more } = await ledger.statement(accountId, after?.before, limit);
      const { entries, before } = reckon(
        items.map((item) => item.transfer),
        userAccount(accountId),
        from,
      );
      const last = items.at(-1);
      return {
        items: entries,
        ...(more && last && { next: { before: last.position, balance: `${before}` } }),
      };
    },

    /** Play money: regtest coins are worth nothing, so the house gives what it mined. */
    async drawFaucet({ amountXmr }: { amountXmr: Piconero }, caller: Caller, remember: Remember<WalletView>) {
      if (network !== 'regtest') return refusal('not_found');
      if (amountXmr > FAUCET.perDrawPiconero)
        return refusal('amount_out_of_range', { detail: 'at most 10 XMR a draw' });
      const now = clock.now();
      const account = caller.accountId;
      const move = transfer({
        id: ids.next<TransferId>(),
        kind: 'faucet',
        debit: houseAccount('faucet'),
        credit: userAccount(account),
        amountPiconero: amountXmr,
        createdAt: now,
      });
      const before = await getWallet(undefined, caller);
      const wallet = { ...before, availableXmr: asPiconero(before.availableXmr + amountXmr) };
      const day = new Date(now).toISOString().slice(0, 10);
      const drawn = { account, day, dailyLimit: FAUCET.perDayPiconero, move, remembered: remember(wallet) };
      const refused = await ledger.draw(drawn);
      if (refused === 'amount_out_of_range') return refusal(refused, { detail: 'at most 100 XMR a day' });
      return refused ? refusal(refused) : wallet;
    },
  };
}
