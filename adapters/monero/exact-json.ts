declare global {
  interface JSON {
    /** ES2026, Node 22 or later: JSON.stringify writes the text unchanged. */
    rawJSON(text: string): object;
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
    ): unknown;
  }
}

/** An unsigned 64-bit field of Monero's RPC as `parseExactly` reads it: a `bigint` where a number would be rounded. */
export type Uint64 = number | bigint;

/**
 * JSON text in which each bigint is a number with all its digits. `1e12` and `1.0` are refused by Monero's programs.
 */
export function stringifyExactly(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? exactNumber(part) : part));
}

/** The value of JSON text; whole numbers beyond 2^53 become bigints, because `JSON.parse` alone rounds them. */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, (_, value, { source = '' }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value,
  );
}

/** A value that JSON.stringify writes as a number with all its digits. */
export const exactNumber = (amount: bigint | string): object => JSON.rawJSON(String(amount));
