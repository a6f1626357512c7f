import type { AccountId } from '../ids.ts';
import { formatXmr } from '../money/xmr.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { hasEnded, TRADE_STATES } from '../trades/states.ts';
import type { Withdrawal } from '../withdrawals/withdrawals.ts';
import type { EmptyingOutcome } from './deletions.ts';
import type { PrivacyPorts } from './ports.ts';

type Reason = { path: string; message: string };

const OPEN_STATES = TRADE_STATES.filter((state) => !hasEnded(state));
/** Upper bound of trades that are counted, and of withdrawals that are looked through. */
const LOOK = 100;

const isUnderWay = ({ state }: Withdrawal) => state !== 'confirmed' && state !== 'failed';

const notEmpty = (errors: Reason[]): Refusal => refusal('account_not_empty', { errors });

/**
 * Why an account cannot be deleted, each reason under a path of its own: `openTrades`, `availableXmr`, `heldXmr`,
 * `pendingDepositsXmr`, `withdrawals`. `undefined` if it is empty.
 */
export async function whyNotEmpty(
  { trades, ledger, deposits, withdrawals }: PrivacyPorts,
  accountId: AccountId,
): Promise<Refusal | undefined> {
  const [open, balance, pending, latest] = await Promise.all([
    trades.ofParty(accountId, { limit: LOOK }, OPEN_STATES),
    ledger.balance(accountId),
    deposits.pending(accountId),
    withdrawals.ofAccount(accountId, { limit: LOOK }),
  ]);
  const { availablePiconero: available, heldPiconero: held } = balance;
  const waiting = latest.items.filter(isUnderWay).length;
  const reasons: (Reason | false)[] = [
    open.items.length > 0 && { path: 'openTrades', message: `${open.items.length} trades are open` },
    available > 0n && { path: 'availableXmr', message: `${formatXmr(available)} XMR are left` },
    available < 0n && { path: 'availableXmr', message: `${formatXmr(available)} XMR are owed` },
    held !== 0n && { path: 'heldXmr', message: `${formatXmr(held)} XMR are held` },
    pending !== 0n && {
      path: 'pendingDepositsXmr',
      message: `${formatXmr(pending)} XMR are arriving`,
    },
    waiting > 0 && { path: 'withdrawals', message: `${waiting} withdrawals have not ended` },
  ];
  const found = reasons.filter((reason) => reason !== false);
  return found.length ? notEmpty(found) : undefined;
}

/** The refusal for a trade or payment that began after the account was read. */
export const begunMeanwhile = (outcome: EmptyingOutcome): Refusal => {
  const path = outcome === 'xmr' ? 'availableXmr' : outcome;
  return notEmpty([{ path, message: 'a trade or payment began just now' }]);
};
