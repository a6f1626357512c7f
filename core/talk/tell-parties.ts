import type { MessageId } from '../ids.ts';
import type { Trade } from '../trades/trades.ts';
import type { TalkPorts } from './ports.ts';

/**
 * Tells the open pages of both parties of a message that is new or was read. If the process dies before, they see it when
 * they look again.
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
