import type { HintJob } from '#core/live/hints.ts';
import type { Hint } from '#core/live/kinds.ts';
import type { HintQueue, HintSender } from '#core/live/ports.ts';

/** A queue of hints that keeps its jobs with their delays. */
export function memoryHints(): HintQueue & { jobs: { job: HintJob; delayMs: number }[] } {
  const jobs: { job: HintJob; delayMs: number }[] = [];
  return {
    jobs,
    async send(job, delayMs = 0) {
      jobs.push({ job, delayMs });
    },
  };
}

/** Keeps the frames of each connection. Connections in `gone` do not exist. */
export function memoryHintSender(): HintSender & { frames: Map<string, Hint[]>; gone: Set<string> } {
  const frames = new Map<string, Hint[]>();
  const gone = new Set<string>();
  return {
    frames,
    gone,
    async post(connectionId, hint) {
      if (gone.has(connectionId)) return 'gone';
      frames.set(connectionId, [...(frames.get(connectionId) ?? []), hint]);
      return undefined;
    },
  };
}
