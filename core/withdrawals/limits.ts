import { asPiconero } from '../money/xmr.ts';
import type { Withdrawal } from './withdrawals.ts';

/** How many withdrawals of one account may be `queued` at once, because the payer pays one after the other. */
export const MAX_QUEUED_WITHDRAWALS = 5;

/**
 * The smallest withdrawal unless the operator sets another: 0.001 XMR. It holds for payments to other members too,
 * because those are free and would fill their payee's statement.
 */
export const SMALLEST_WITHDRAWAL_PICONERO = asPiconero(1_000_000_000n);

/** By how much a step changes the number of its account's queued withdrawals. */
export const queuedChange = (from: Withdrawal, to: Withdrawal): number =>
  from.countsAsQueued ? Number(to.state === 'queued') - Number(from.state === 'queued') : 0;
