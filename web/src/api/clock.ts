let offsetMs = 0;

/** Follows the server's clock by its `Date` header, because countdowns and token lifetimes depend on it. */
export const noteServerTime = (date: string | null): void => {
  const serverMs = Date.parse(date ?? '');
  // The header has whole seconds, so a smaller difference means nothing.
  if (!Number.isNaN(serverMs)) offsetMs = Math.abs(serverMs - Date.now()) < 2_000 ? 0 : serverMs - Date.now();
};

export const serverNowMs = (): number => Date.now() + offsetMs;
