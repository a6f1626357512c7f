import type { Caller } from '../caller.ts';
import type { Heartbeats } from '../chain/heartbeat.ts';
import type { Network } from '../chain/networks.ts';
import type { Remember } from '../idempotency.ts';
import type { AccountId, Ids, TransferId } from '../ids.ts';
import { houseAccount, transfer, userAccount } from '../ledger/ledger.ts';
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

/** Upper bound of one draw, and of one account's draws on a day (UTC). */
const PER_DRAW_PICONERO = 10n * PICONERO_PER_XMR;
const PER_DAY_PICONERO = asPiconero(100n * PICONERO_PER_XMR);

/** Tries of a draw. Of parallel draws by one account one succeeds in each round, and the others try again. */
const TRIES = 100;

/** Operations of the private chain, whose coins are worthless. On other networks they answer `not_found`. */
export function sandboxUseCases({ faucet, getWallet, miner, heartbeats, network, clock, ids }: SandboxPorts) {
  const isThere = network === 'regtest';
  return {
    /**
     * Credits mined coins of the house. The remembered answer shows the balance after the draw, so the draw is decided
     * again if the balance changed meanwhile.
     *
     * Dies before the transaction: nothing was drawn. Dies after it: the same key gets the same answer.
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

    /** Mines blocks on demand. The house gets their coins. */
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
