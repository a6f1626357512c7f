import { createHash } from 'node:crypto';
import type { Caller } from '#core/caller.ts';
import type { IdempotencyRows, Remembered } from '#core/idempotency.ts';
import { Refused } from './refused.ts';

/** JSON with sorted keys, so that the same body is the same whatever order a client writes it in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`).join(',')}}`;
}

/** What a key is used for, by whom, with which body. A second factor's `code` changes between tries, so it is left out. */
export function intentOf(caller: Caller, operation: string, key: string, body: unknown) {
  const { code: _, ...rest } = (body ?? {}) as Record<string, unknown>;
  const fingerprint = createHash('sha256').update(canonical(rest)).digest('base64url');
  return { accountId: caller.accountId, operation, key, fingerprint };
}

/** The answer this key was given before, if it was. Another body under the same key is refused. */
export async function answeredBefore(
  rows: IdempotencyRows,
  intent: ReturnType<typeof intentOf>,
): Promise<Remembered | undefined> {
  const row = await rows.find(intent);
  if (row && row.fingerprint !== intent.fingerprint) throw new Refused('idempotency_key_reused');
  return row;
}
