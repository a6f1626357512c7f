import { Contended } from '#core/retry-on-conflict.ts';
import { NodeUnavailable, WalletUnavailable } from '#core/withdrawals/ports.ts';

const NETWORK = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
];

const NAMES = [
  'TimeoutError',
  'RequestTimeout',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'InternalServerError',
  'ServiceUnavailable',
  'TransactionInProgressException',
  'TransactionConflictException',
];

/** Whether an error means that a part is unavailable now, so that another try may succeed. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof NodeUnavailable || error instanceof WalletUnavailable) return true;
  if (error instanceof Contended) return true;
  if (!(error instanceof Error)) return false;
  const { code, name, cause } = error as Error & { code?: string };
  if (NETWORK.includes(code ?? '') || NAMES.includes(name)) return true;
  // DynamoDB gave up on two transactions that kept conflicting.
  if (name === 'TransactionCanceledException') return error.message.includes('TransactionConflict');
  return error instanceof AggregateError
    ? error.errors.some(isUnreachable)
    : cause !== undefined && isUnreachable(cause);
}
