import type { Heartbeat } from '#core/deposits/deposits.ts';
import type { Heartbeats } from '#core/deposits/ports.ts';

export function memoryHeartbeats(last?: Heartbeat): Heartbeats {
  return {
    read: async () => last,
    async write(heartbeat) {
      last = heartbeat;
    },
  };
}
