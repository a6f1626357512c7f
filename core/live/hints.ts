import type { StoredEvent } from '../events/events.ts';
import type { AccountId } from '../ids.ts';
import { noticesOf } from '../notices/notices.ts';
import type { Hint } from './kinds.ts';
import { HINTS_IN_JOB } from './limits.ts';

/** A hint and the account whose connections get it. */
export type AddressedHint = { accountId: AccountId; hint: Hint };

/** A message of the queue of hints. `market` goes to every connection. */
export type HintJob = { kind: 'accounts'; hints: readonly AddressedHint[] } | { kind: 'market' };

/** There is one market, so its hints have one id. */
const MARKET_ID = 'market';
export const MARKET_HINT: Hint = { type: 'market', id: MARKET_ID };

/**
 * The hints of an event, for each account that it concerns. They include the account that acted, because it may have
 * other tabs open.
 */
export function hintsOf(event: StoredEvent): AddressedHint[] {
  const changed = accountsOf(event).flatMap((accountId) =>
    changesFor(accountId, event).map((hint) => ({ accountId, hint })),
  );
  const notices = noticesOf(event).map(({ accountId, id }) => ({
    accountId,
    hint: { type: 'notice', id } as const,
  }));
  return [...changed, ...notices];
}

/** An event of a review concerns its subject only, and the author has other tabs. */
const accountsOf = (event: StoredEvent): readonly AccountId[] =>
  event.type === 'trade_reviewed' && event.by ? [...event.accountIds, event.by] : event.accountIds;

/** The wallet is among them also for events that leave the balance as it is, because a needless hint costs one read. */
function changesFor(accountId: AccountId, event: StoredEvent): Hint[] {
  const { version } = event;
  const wallet: Hint = { type: 'wallet', id: accountId };
  // The version of a review is not one of its trade.
  if (event.type === 'trade_reviewed') return [{ type: 'trade', id: event.tradeId }];
  if ('tradeId' in event) return [{ type: 'trade', id: event.tradeId, version }, wallet];
  if ('withdrawalId' in event) return [{ type: 'withdrawal', id: event.withdrawalId, version }, wallet];
  if ('depositId' in event) return [{ type: 'deposit', id: event.depositId, version }, wallet];
  return 'transferId' in event ? [wallet] : [];
}

/** Splits hints into messages of at most HINTS_IN_JOB hints. */
export function jobsOf(hints: readonly AddressedHint[]): HintJob[] {
  const count = Math.ceil(hints.length / HINTS_IN_JOB);
  return Array.from({ length: count }, (_, at) => ({
    kind: 'accounts',
    hints: hints.slice(at * HINTS_IN_JOB, (at + 1) * HINTS_IN_JOB),
  }));
}
