import { base64urlnopad, hex } from '@scure/base';
import type { DepositId } from '../ids.ts';

/**
 * One id for what one transaction paid to one subaddress: found again however often the wallet reports it, also when
 * the transaction is mined anew at another height. The whole txid is in it, and it fits the API's 64 characters.
 */
export function depositId({ txid, major, minor }: { txid: string; major: number; minor: number }): DepositId {
  return `${base64urlnopad.encode(hex.decode(txid))}.${major}.${minor}` as DepositId;
}
