import type { PreparedPayment } from '#core/withdrawals/withdrawals.ts';

/** A signed transaction as stored: bytes, which are half as long as their hex and are paid for at each write. */
export type StoredPayment = { blob: Uint8Array; keyImages: Uint8Array[] };

const bytesOf = (hex: string) => Buffer.from(hex, 'hex');
/** Rows of before have the hex itself. */
const hexOf = (bytes: Uint8Array | string) =>
  typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('hex');

export const storedPayment = ({ blob, keyImages }: PreparedPayment): StoredPayment => ({
  blob: bytesOf(blob),
  keyImages: keyImages.map(bytesOf),
});

export const readPayment = ({ blob, keyImages }: StoredPayment): PreparedPayment => ({
  blob: hexOf(blob),
  keyImages: keyImages.map(hexOf),
});
