import type { Transport } from './client.ts';

type Known = { etag: string; body: unknown };

/** Upper bound of kept answers. A page shows few things at once. */
const MAX_KNOWN = 50;

/**
 * Sends the `ETag` of the last answer of a path with its next request, and gives the kept body if the API answers 304.
 * An answer that has no `ETag` is not kept.
 */
export function withKnownAnswers(transport: Transport): Transport {
  const known = new Map<string, Known>();
  return async (request) => {
    const kept = request.method === 'GET' ? known.get(request.path) : undefined;
    const headers = kept ? { ...request.headers, 'if-none-match': kept.etag } : request.headers;
    const answer = await transport({ ...request, headers });
    if (kept && answer.status === 304) return { ...answer, status: 200, body: kept.body };
    known.delete(request.path);
    if (request.method === 'GET' && answer.etag !== undefined)
      known.set(request.path, { etag: answer.etag, body: answer.body });
    if (known.size > MAX_KNOWN) known.delete(known.keys().next().value!);
    return answer;
  };
}
