import type { Caller } from '../caller.ts';
import type { Heartbeats } from '../deposits/ports.ts';
import type { Remember } from '../idempotency.ts';
import type { Ids, TransferId } from '../ids.ts';
import { houseAccount, transfer, userAccount } from '../ledger/ledger.ts';
import type { Ledger } from '../ledger/ports.ts';
import type { Network } from '../monero/networks.ts';
import { asPiconero, PICONERO_PER_XMR, type Piconero } from '../money/xmr.ts';
import { refusal } from '../refusal.ts';
import type { Clock } from '../time.ts';
import type { WalletView } from '../wallet/use-cases.ts';

/** Mines blocks at once, for `address`. Only a private chain does that. */
export interface Miner {
  mine(count: number, address: string): Promise<{ height: number }>;
}

export type SandboxPorts = {
  ledger: Pick<Ledger, 'draw'>;
  getWallet: (input: unknown, caller: Caller) => Promise<WalletView>;
  miner: Miner;
  heartbeats: Pick<Heartbeats, 'read'>;
  network: Network;
  clock: Clock;
  ids: Ids;
};

/** Play money for one draw, and for one account and day (UTC). */
const PER_DRAW_PICONERO = 10n * PICONERO_PER_XMR;
const PER_DAY_PICONERO = asPiconero(100n * PICONERO_PER_XMR);

/** What exists on the private chain alone, whose coins are worth nothing; elsewhere there is nothing to be found. */
export function sandboxUseCases({ ledger, getWallet, miner, heartbeats, network, clock, ids }: SandboxPorts) {
  const isThere = network === 'regtest';
  return {
    /** The house gives of what it mined. */
    async drawFaucet({ amountXmr }: { amountXmr: Piconero }, caller: Caller, remember: Remember<WalletView>) {
      if (!isThere) return refusal('not_found');
      if (amountXmr > PER_DRAW_PICONERO)
        return refusal('amount_out_of_range', { detail: 'at most 10 XMR a draw' });
      const now = clock.now();
      const { accountId: account } = caller;
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
      const remembered = remember(wallet);
      const refused = await ledger.draw({ account, day, dailyLimit: PER_DAY_PICONERO, move, remembered });
      if (refused === 'amount_out_of_range') return refusal(refused, { detail: 'at most 100 XMR a day' });
      return refused ? refusal(refused) : wallet;
    },

    /** Blocks on demand, so that confirmations move; the house gets their coins. */
    async mineBlocks({ count }: { count: number }) {
      if (!isThere) return refusal('not_found');
      const houseAddress = (await heartbeats.read())?.houseAddress;
      return houseAddress ? miner.mine(count, houseAddress) : refusal('dependency_unavailable');
    },
  };
}
