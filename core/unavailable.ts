import { Contended } from './retry-on-conflict.ts';

/** The programs that the functions depend on, by the names that `GET /healthz` gives them. */
export type Dependency = 'database' | 'storage' | 'queue' | 'wallet' | 'node' | 'mail' | 'secrets';

/**
 * A dependency cannot be reached now, or does not answer in time. Another try may succeed. Whether the call had an
 * effect is unknown. Adapters throw it, so that no layer above knows the errors of AWS or Monero.
 */
export class Unavailable extends Error {
  override name = 'Unavailable';
  readonly dependency: Dependency;
  constructor(dependency: Dependency, message?: string, options?: ErrorOptions) {
    super(message ?? `the ${dependency} is unavailable`, options);
    this.dependency = dependency;
  }
}

/** monero-wallet-rpc cannot be reached, or has no wallet or no daemon. */
export class WalletUnavailable extends Unavailable {
  override name = 'WalletUnavailable';
  constructor(message?: string, options?: ErrorOptions) {
    super('wallet', message, options);
  }
}

/** monerod cannot be reached, or is still catching up. */
export class NodeUnavailable extends Unavailable {
  override name = 'NodeUnavailable';
  constructor(message?: string, options?: ErrorOptions) {
    super('node', message, options);
  }
}

/** Whether an error means that the same call may succeed later, because a dependency is unavailable or overloaded. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Unavailable || error instanceof Contended) return true;
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  return error instanceof Error && error.cause !== undefined && isUnavailable(error.cause);
}
