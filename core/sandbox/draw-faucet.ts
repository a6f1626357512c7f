import type { Caller } from '../caller.ts';
import { transferEvent } from '../events/events.ts';
import type { KeyedCall } from '../idempotency.ts';
import type { AccountId, TransferId } from '../ids.ts';
import { houseAccount, transfer, userAccount } from '../ledger/ledger.ts';
import { asPiconero, PICONERO_PER_XMR, type Piconero } from '../money/xmr.ts';
import { refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { showWallet, type WalletView } from '../wallet/views.ts';
import type { Draw, SandboxPorts } from './ports.ts';

/** Upper bound of one draw, and of one account's draws on a day (UTC). */
const PER_DRAW_PICONERO = 10n * PICONERO_PER_XMR;
const PER_DAY_PICONERO = asPiconero(100n * PICONERO_PER_XMR);

/**
 * Upper bound of tries of a draw. Of parallel draws by one account, one succeeds in each round and the others try
 * again.
 */
const TRIES = 100;

/**
 * Credits mined coins of the house. The stored answer shows the balance after the draw, so the draw is decided again if
 * the balance has changed. On other networks than regtest it answers `not_found`.
 *
 * If the process dies before the transaction, nothing is drawn. If it dies after it, the same key gets the same answer.
 */
export const drawFaucet =
  (ports: SandboxPorts) =>
  async (
    { amountXmr }: { amountXmr: Piconero },
    { accountId }: Caller,
    { remember }: KeyedCall<WalletView>,
  ) => {
    if (ports.network !== 'regtest') return refusal('not_found');
    if (amountXmr > PER_DRAW_PICONERO)
      return refusal('amount_out_of_range', { detail: 'at most 10 XMR a draw' });
    const draw = async () => {
      const before = await showWallet(ports, accountId);
      const wallet = { ...before, availableXmr: asPiconero(before.availableXmr + amountXmr) };
      const refused = await ports.faucet.draw({
        ...drawOf(ports, accountId, amountXmr),
        seen: { availablePiconero: before.availableXmr, heldPiconero: before.heldXmr },
        remembered: remember(wallet),
      });
      if (!refused || refused === 'changed_since') return refused ?? wallet;
      if (refused === 'amount_out_of_range') return refusal(refused, { detail: 'at most 100 XMR a day' });
      if (refused === 'empty')
        return refusal('dependency_unavailable', { detail: 'the faucet is empty until blocks are mined' });
      return refusal(refused);
    };
    return retryOnConflict(`the balance of ${accountId}`, draw, TRIES);
  };

function drawOf(
  { clock, ids }: SandboxPorts,
  account: AccountId,
  amountPiconero: Piconero,
): Omit<Draw, 'seen' | 'remembered'> {
  const now = clock.now();
  const move = transfer({
    id: ids.next<TransferId>(),
    kind: 'faucet',
    debit: houseAccount('faucet'),
    credit: userAccount(account),
    amountPiconero,
    createdAt: now,
  });
  return {
    account,
    day: new Date(now).toISOString().slice(0, 10),
    dailyLimit: PER_DAY_PICONERO,
    move,
    event: transferEvent(move.transfer.id, account, now),
  };
}
