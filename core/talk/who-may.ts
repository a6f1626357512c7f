import { includes, type Role } from '../accounts/standing.ts';
import type { Caller } from '../caller.ts';
import { type Instant, later } from '../time.ts';
import { roleOf } from '../trades/rules.ts';
import { hasEnded, PARTIES, type Party } from '../trades/states.ts';
import type { Trade } from '../trades/trades.ts';
import { TALK_KEPT_MS } from './limits.ts';
import type { Speaker } from './states.ts';

/** When the talk of a trade is erased; `undefined` while the trade has not ended. */
export const talkEndsAt = ({ state, changedAt }: Trade): Instant | undefined =>
  hasEnded(state) ? later(changedAt, TALK_KEPT_MS) : undefined;

/**
 * As whom a caller may read and write the talk of a trade; `undefined` if he may not: the parties until 30 days after
 * the end, and moderators and admins who are no party while the trade is disputed.
 *
 * @param role of the caller's session
 */
export function speakerIn(
  trade: Trade,
  { accountId }: Pick<Caller, 'accountId'>,
  role: Role,
  now: Instant,
): Speaker | undefined {
  const endsAt = talkEndsAt(trade);
  if (endsAt !== undefined && now >= endsAt) return undefined;
  const speaker = roleOf(trade, { accountId, isModerator: includes(role, 'moderator') });
  return speaker === 'arbitrator' && trade.state !== 'disputed' ? undefined : speaker;
}

/** Those whose reading a speaker's own messages wait for. */
export const readersOf = (speaker: Speaker): readonly Party[] => PARTIES.filter((party) => party !== speaker);
