import type { PreparedPayment } from '#core/withdrawals/withdrawals.ts';

/** A signed transaction as stored. It is bytes, because hex is twice as long and DynamoDB bills writes by size. */
export type StoredPayment = { blob: Uint8Array; keyImages: Uint8Array[] };

const bytesOf = (hex: string) => Buffer.from(hex, 'hex');
/** Older rows contain hex text. */
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
