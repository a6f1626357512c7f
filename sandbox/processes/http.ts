/** Whether anything at all answers HTTP at `url`, whatever its status. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return true;
}

/** `fetch`, but a server that is not there is named: "fetch failed" alone helps nobody. */
export async function ask(who: string, url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error };
    throw new Error(`${who} does not answer at ${url}: ${cause?.message ?? message}`);
  }
}
