import type { WithdrawalId } from '#core/ids.ts';
import type { PayoutQueue } from '#core/withdrawals/ports.ts';

/** Keeps each attempt's message once, like the queue within its five minutes. */
export function memoryPayoutQueue(): PayoutQueue & { messages: WithdrawalId[] } {
  const seen = new Set<string>();
  const messages: WithdrawalId[] = [];
  return {
    messages,
    async send(id, attempt) {
      if (seen.has(`${id}:${attempt}`)) return;
      seen.add(`${id}:${attempt}`);
      messages.push(id);
    },
  };
}
