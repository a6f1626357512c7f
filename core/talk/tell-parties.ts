import type { MessageId } from '../ids.ts';
import type { Trade } from '../trades/trades.ts';
import type { TalkPorts } from './ports.ts';

/**
 * Queues a hint for both parties about a message that is new or was read. If the process dies before, their pages see
 * the change at the next poll.
 */
export const tellParties = (
  { hints }: Pick<TalkPorts, 'hints'>,
  { buyerId, sellerId }: Trade,
  id: MessageId,
): Promise<void> =>
  hints.send({
    kind: 'accounts',
    hints: [buyerId, sellerId].map((accountId) => ({ accountId, hint: { type: 'message', id } })),
  });
