declare const piconero: unique symbol;

/** An amount of XMR as whole piconero (1 XMR = 10^12 piconero). Signed inside the ledger, positive on the wire. */
export type Piconero = bigint & { readonly [piconero]: true };

export const PICONERO_PER_XMR = 1_000_000_000_000n;

/** 2^64-1 piconero: an amount in a Monero transaction is an unsigned 64-bit integer. */
export const MAX_PICONERO = 18_446_744_073_709_551_615n as Piconero;

export const asPiconero = (amount: bigint) => amount as Piconero;

const XMR = /^(0|[1-9][0-9]*)(?:\.([0-9]{1,12}))?$/;

/**
 * Reads a decimal string of XMR (`"1.25"`). Trailing zeros are allowed, anything else is not rounded but refused.
 * @returns the amount above 0 and up to 2^64-1 piconero, or a sentence that describes the error
 */
export function parseXmr(text: string): Piconero | string {
  const parts = XMR.exec(text);
  if (!parts) return 'must be a decimal string of XMR with at most 12 decimals, such as "1.25"';
  const amount = BigInt(parts[1]!) * PICONERO_PER_XMR + BigInt((parts[2] ?? '').padEnd(12, '0'));
  if (amount === 0n) return 'must be more than 0';
  if (amount > MAX_PICONERO) return `must be at most ${formatXmr(MAX_PICONERO)}`;
  return asPiconero(amount);
}

/** The one canonical decimal string of an amount: no exponent, no trailing zeros, `-` only below zero. */
export function formatXmr(amount: Piconero): string {
  const size = amount < 0n ? -amount : amount;
  const fraction = (size % PICONERO_PER_XMR).toString().padStart(12, '0').replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${size / PICONERO_PER_XMR}${fraction && `.${fraction}`}`;
}
