import moneroTs from 'monero-ts';
import { exactNumber } from './exact-json.ts';

/**
 * monero-ts 0.11.15 sends amounts as strings of digits. wallet-rpc up to 0.18.0 converted them to numbers; later
 * releases answer -32602, because epee no longer converts strings for 64-bit fields:
 * https://github.com/monero-project/monero/blob/release-v0.18/contrib/epee/include/storages/portable_storage_val_converters.h
 *
 * This is the only place that corrects it. exact-amounts.test.ts says when it may go.
 */
export class ExactConnection extends moneroTs.MoneroRpcConnection {
  override sendJsonRequest(method: string, params?: object, timeoutMs?: number) {
    return super.sendJsonRequest(method, exactly(params), timeoutMs);
  }
}

/** 64-bit fields that monero-ts turns into strings. */
const AMOUNTS = new Set(['amount', 'below_amount']);

/** The same parameters, with bigints and amounts of digits as JSON numbers. */
function exactly(value: unknown, key = ''): unknown {
  if (typeof value === 'bigint') return exactNumber(value);
  if (typeof value === 'string') return AMOUNTS.has(key) ? exactNumber(value) : value;
  if (Array.isArray(value)) return value.map((item) => exactly(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, exactly(part, name)]));
}
