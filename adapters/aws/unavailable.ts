import { type Dependency, Unavailable } from '#core/unavailable.ts';

/** Codes of Node's network errors. */
const NETWORK_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
];

/** Names of AWS errors that another try may not meet. */
const AWS_NAMES = [
  'TimeoutError',
  'RequestTimeout',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'InternalServerError',
  'ServiceUnavailable',
  'TransactionInProgressException',
];

function isTemporary(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, name, cause } = error as Error & { code?: string };
  if (NETWORK_CODES.includes(code ?? '') || AWS_NAMES.includes(name)) return true;
  return error instanceof AggregateError ? error.errors.some(isTemporary) : isTemporary(cause);
}

/**
 * The outermost middleware of an AWS client: turns network errors, time-outs, throttling and server errors into
 * `Unavailable`, after the SDK's own retries. Every other error is thrown unchanged.
 */
export const orUnavailable =
  (dependency: Dependency) =>
  <Args, Result>(next: (args: Args) => Promise<Result>) =>
  async (args: Args): Promise<Result> => {
    try {
      return await next(args);
    } catch (error) {
      if (!isTemporary(error)) throw error;
      throw new Unavailable(dependency, `${dependency}: ${(error as Error).message}`, { cause: error });
    }
  };

export const OUTERMOST = { step: 'initialize', priority: 'high', name: 'orUnavailable' } as const;
