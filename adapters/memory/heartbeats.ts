import type { Heartbeat, Heartbeats } from '#core/chain/heartbeat.ts';

export function memoryHeartbeats(last?: Heartbeat): Heartbeats {
  return {
    read: async () => last,
    async write(heartbeat) {
      last = heartbeat;
    },
  };
}
