import type { WatchState, WatchStates } from '#core/deposits/ports.ts';

export function memoryWatchStates(): WatchStates {
  let stored: WatchState | undefined;
  return {
    read: async () => stored,
    async save(state) {
      if (stored && stored.version !== state.version - 1) return 'changed_since';
      stored = state;
      return undefined;
    },
  };
}
