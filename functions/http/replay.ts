import { createHash } from 'node:crypto';
import { successOf } from '#contract/operation.ts';
import type { Caller } from '#core/caller.ts';
import type { IdempotencyRows, Remembered } from '#core/idempotency.ts';
import { isRefusal } from '#core/refusal.ts';
import type { HttpContext, HttpResponse, Intent, Layer } from './exchange.ts';
import { Refused, refusedBy } from './refused.ts';
import { encodedBody, jsonResponse } from './reply.ts';
import type { StoredAnswer } from './use-cases.ts';

/** JSON with sorted keys, so that the same body is the same whatever order a client writes it in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`).join(',')}}`;
}

/** The second factor changes between tries, so the fingerprint leaves `code` and `passkey` out. */
function intentOf(caller: Caller, operation: string, key: string, body: unknown): Intent {
  const { code: _code, passkey: _passkey, ...rest } = (body ?? {}) as Record<string, unknown>;
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
 * The response to a key that was used before, with the fields that are never stored as they are now. An older version
 * may have stored an answer that lacks a field of today's contract. Such an answer is not sent: the result is read
 * again in its present state. In no case is the effect repeated.
 */
async function responseTo(row: Remembered, { route, caller }: HttpContext): Promise<HttpResponse> {
  const success = successOf(route.operation);
  const stored = JSON.parse(row.body) as StoredAnswer;
  const fits = row.status === success.status && success.schema!.safeParse(stored).success;
  const { readAgain, unstored } = route.answers!;
  if (fits) {
    const body = unstored ? JSON.stringify({ ...stored, ...(await unstored(stored, caller!)) }) : row.body;
    return jsonResponse(row.status, body);
  }
  const result = await readAgain(stored, caller!);
  if (isRefusal(result)) throw refusedBy(result);
  return jsonResponse(success.status, encodedBody(success, result));
}

/**
 * Answers a known idempotency key with its stored answer. It looks again after an error: of two requests with one key
 * at once, the slower one may be refused because of the faster one, and must get its answer.
 */
export const replay = (): Layer => ({
  before: async ({ context }) => {
    const { route, caller, parsed } = context;
    if (!route.answers) return;
    const intent = intentOf(caller!, route.operation.name, parsed.idempotencyKey!, parsed.body);
    const row = await answeredBefore(route.answers.rows, intent);
    if (row) context.replayed = await responseTo(row, context);
    else context.intent = intent;
  },
  onError: async (request) => {
    const { route, intent } = request.context;
    if (!route?.answers || !intent) return;
    try {
      const row = await answeredBefore(route.answers.rows, intent);
      if (row) request.response = await responseTo(row, request.context);
    } catch (error) {
      request.error = error as Error;
    }
  },
});
