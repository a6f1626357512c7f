let offsetMs = 0;

/** Countdowns and token lifetimes go by the server's clock, which its answers carry, not by this machine's. */
export const noteServerTime = (date: string | null): void => {
  const serverMs = Date.parse(date ?? '');
  // The header counts whole seconds: a smaller difference is noise.
  if (!Number.isNaN(serverMs)) offsetMs = Math.abs(serverMs - Date.now()) < 2_000 ? 0 : serverMs - Date.now();
};

export const serverNowMs = (): number => Date.now() + offsetMs;
