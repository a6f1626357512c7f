import type { Caller } from '../caller.ts';
import type { Heartbeats } from '../deposits/ports.ts';
import type { Remember } from '../idempotency.ts';
import type { AccountId, Ids, TransferId } from '../ids.ts';
import { houseAccount, transfer, userAccount } from '../ledger/ledger.ts';
import type { Network } from '../monero/networks.ts';
import { asPiconero, PICONERO_PER_XMR, type Piconero } from '../money/xmr.ts';
import { refusal } from '../refusal.ts';
import type { Clock } from '../time.ts';
import type { WalletView } from '../wallet/use-cases.ts';
import type { Faucet, Miner } from './ports.ts';

export type SandboxPorts = {
  faucet: Pick<Faucet, 'draw'>;
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

/** How often a draw is decided again when the balance changed meanwhile: of draws at once, one is given each time. */
const TRIES = 100;

/** What exists on the private chain alone, whose coins are worth nothing; elsewhere there is nothing to be found. */
export function sandboxUseCases({ faucet, getWallet, miner, heartbeats, network, clock, ids }: SandboxPorts) {
  const isThere = network === 'regtest';
  return {
    /**
     * The house gives of what it mined. The remembered answer shows the balance that the draw makes, so the draw is
     * decided again where another movement came between.
     *
     * Dies before the transaction: nothing was drawn. After it: the key brings the same answer.
     */
    async drawFaucet({ amountXmr }: { amountXmr: Piconero }, caller: Caller, remember: Remember<WalletView>) {
      if (!isThere) return refusal('not_found');
      if (amountXmr > PER_DRAW_PICONERO)
        return refusal('amount_out_of_range', { detail: 'at most 10 XMR a draw' });
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const before = await getWallet(undefined, caller);
        const wallet = { ...before, availableXmr: asPiconero(before.availableXmr + amountXmr) };
        const refused = await faucet.draw({
          ...drawOf(caller.accountId, amountXmr),
          seen: { availablePiconero: before.availableXmr, heldPiconero: before.heldXmr },
          remembered: remember(wallet),
        });
        if (!refused) return wallet;
        if (refused === 'amount_out_of_range') return refusal(refused, { detail: 'at most 100 XMR a day' });
        if (refused === 'empty')
          return refusal('dependency_unavailable', { detail: 'the faucet is empty until blocks are mined' });
        if (refused !== 'changed_since') return refusal(refused);
      }
      return refusal('dependency_unavailable', { detail: 'the balance changes too often now' });
    },

    /** Blocks on demand, so that confirmations move; the house gets their coins. */
    async mineBlocks({ count }: { count: number }) {
      if (!isThere) return refusal('not_found');
      const houseAddress = (await heartbeats.read())?.houseAddress;
      return houseAddress ? miner.mine(count, houseAddress) : refusal('dependency_unavailable');
    },
  };

  function drawOf(account: AccountId, amountPiconero: Piconero) {
    const now = clock.now();
    const move = transfer({
      id: ids.next<TransferId>(),
      kind: 'faucet',
      debit: houseAccount('faucet'),
      credit: userAccount(account),
      amountPiconero,
      createdAt: now,
    });
    return { account, day: new Date(now).toISOString().slice(0, 10), dailyLimit: PER_DAY_PICONERO, move };
  }
}
