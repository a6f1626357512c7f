/** Upper bound of one answer, with its body. */
const TIMEOUT_MS = 5_000;
/** Upper bound of a body after decompression. CoinGecko's answer has 1 kB. */
const MAX_BYTES = 65_536;

/**
 * Reads JSON from an address outside. Time and size are bounded, and redirects are refused, because the answer of a
 * foreign host decides prices here.
 *
 * @throws an Error if it is no JSON answer with status 200 within the bounds
 */
export async function getJson(url: string, timeoutMs = TIMEOUT_MS): Promise<unknown> {
  const response = await fetch(url, {
    redirect: 'error',
    headers: { accept: 'application/json' },
    // It ends a body that arrives slowly too.
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel();
    throw new Error(`it answered ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.length;
    if (bytes > MAX_BYTES) throw new Error(`it answered more than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}
