import { randomBytes, timingSafeEqual } from 'node:crypto';

const ports = ['lambda', 'live', 'dynamodb', 'queue', 'node', 'mail'] as const;

/** A secret for each guarded port. The project's own programs use it to call the port without restrictions. */
export type PortKeys = Record<(typeof ports)[number], string>;

/** New random keys for each start, because they protect processes and no stored data. */
export function newPortKeys(): PortKeys {
  const made = ports.map((port) => [port, randomBytes(32).toString('base64url')]);
  return Object.fromEntries(made) as PortKeys;
}

/** The address of a guarded port, with its key as the first step of the path. */
export const keyed = (url: string, key: string): string => `${url}/${key}`;

/** Compares two keys. Takes the same time wherever they differ. */
export function isSameKey(given: string, key: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(key)];
  return left.length === right.length && timingSafeEqual(left, right);
}
