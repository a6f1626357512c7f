import { base64urlnopad, hex } from '@scure/base';
import type { DepositId } from '../ids.ts';

/**
 * The id of one transaction's payment to one subaddress. It stays the same if the wallet reports the payment again, or
 * if the transaction is mined again at another height. It contains the whole txid and fits the API's 64 characters.
 */
export function depositId({ txid, major, minor }: { txid: string; major: number; minor: number }): DepositId {
  return `${base64urlnopad.encode(hex.decode(txid))}.${major}.${minor}` as DepositId;
}
