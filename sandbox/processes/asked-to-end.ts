/** A first signal within this time after the channel has closed is part of the same request. Milliseconds. */
const SAME_REQUEST_MS = 1_000;

type Acts = {
  /** Called once, at the first request. */
  stop: () => void;
  /** Called at each further request, because the user does not want to wait. */
  insist: () => void;
};

/**
 * Calls `stop` and `insist` when this process is asked to end. A Ctrl-C in a terminal sends SIGINT to each process of
 * the group, and the parent (bootstrap/hand-over.mjs) closes the IPC channel at the same moment. So the end of the
 * channel never counts as a further request. A second signal does, and so does a first signal long after the end of the
 * channel.
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
