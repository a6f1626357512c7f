import { asPiconero } from '../money/xmr.ts';
import { SECOND_MS } from '../time.ts';
import type { Change } from './transitions.ts';

/** Requests of one account, because payments to other members are free. People need a few in a day. */
export const WITHDRAWAL_REQUESTS = { burst: 120, everyMs: 30 * SECOND_MS } as const;

/** Withdrawals of one account that may be `queued` at once, because the payer pays one after the other. */
export const MAX_QUEUED_WITHDRAWALS = 5;

/**
 * The smallest withdrawal unless the operator sets another: 0.001 XMR. It applies to payments to other members as well,
 * because these are free and could flood the payee's statement.
 */
export const SMALLEST_WITHDRAWAL_PICONERO = asPiconero(1_000_000_000n);

/** The change of the account's number of queued withdrawals by a step: -1, 0 or 1. */
export const queuedChange = ({ from, to }: Change): number =>
  from.countsAsQueued ? Number(to.state === 'queued') - Number(from.state === 'queued') : 0;
