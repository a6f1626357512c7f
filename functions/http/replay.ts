import { createHash } from 'node:crypto';
import type { Caller } from '#core/caller.ts';
import type { IdempotencyRows, Remembered } from '#core/idempotency.ts';
import type { Intent, Layer } from './exchange.ts';
import { Refused } from './refused.ts';
import { storedResponse } from './reply.ts';

/** JSON with sorted keys, so that the same body is the same whatever order a client writes it in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`).join(',')}}`;
}

/** A second factor's `code` changes between tries, so the fingerprint leaves it out. */
function intentOf(caller: Caller, operation: string, key: string, body: unknown): Intent {
  const { code: _, ...rest } = (body ?? {}) as Record<string, unknown>;
  const fingerprint = createHash('sha256').update(canonical(rest)).digest('base64url');
  return { accountId: caller.accountId, operation, key, fingerprint };
}

/** The stored answer to a key; `undefined` if there is none. Another body under the same key is refused. */
async function answeredBefore(rows: IdempotencyRows, intent: Intent): Promise<Remembered | undefined> {
  const row = await rows.find(intent);
  if (row && row.fingerprint !== intent.fingerprint) throw new Refused('idempotency_key_reused');
  return row;
}

/**
 * Answers a known idempotency key with its stored answer. It looks again after an error: of two requests with one key
 * at once, the slower one may be refused because of the faster one, and must get its answer.
 */
export const replay = (): Layer => ({
  before: async ({ context }) => {
    const { route, caller, parsed } = context;
    if (!route.rows) return;
    const intent = intentOf(caller!, route.operation.name, parsed.idempotencyKey!, parsed.body);
    const row = await answeredBefore(route.rows, intent);
    context.intent = intent;
    if (row) context.replayed = row;
  },
  onError: async (request) => {
    const { route, intent } = request.context;
    if (!route?.rows || !intent) return;
    try {
      const row = await answeredBefore(route.rows, intent);
      if (row) request.response = storedResponse(row);
    } catch (error) {
      request.error = error as Error;
    }
  },
});
