/** A signal that comes sooner after the first request belongs to it, in milliseconds. */
const SAME_REQUEST_MS = 1_000;

type Acts = {
  /** Called once, at the first request. */
  stop: () => void;
  /** Called at each further request, because the user does not want to wait. */
  insist: () => void;
};

/**
 * Acts when this process is asked to end. A terminal's Ctrl-C sends SIGINT to each process of its group, and the process
 * that started this one (bootstrap/hand-over.mjs) closes the channel to it at the same moment. So the end of the channel
 * never counts as a further request, while a second signal does, as does a first one that comes long after that end.
 */
export function whenAskedToEnd({ stop, insist }: Acts): void {
  let stoppedAtMs: number | undefined;
  let signals = 0;
  const begin = () => {
    if (stoppedAtMs !== undefined) return;
    stoppedAtMs = performance.now();
    stop();
  };
  const onSignal = () => {
    signals += 1;
    const isLate = stoppedAtMs !== undefined && performance.now() - stoppedAtMs > SAME_REQUEST_MS;
    if (signals > 1 || isLate) insist();
    else begin();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  process.on('disconnect', begin);
}
