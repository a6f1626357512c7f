import moneroTs, { type MoneroWalletRpc } from 'monero-ts';
import { WalletUnavailable } from '#core/unavailable.ts';
import { CorrectedConnection } from './corrected-connection.ts';

export type WalletLogin = { url: string; user: string; password: string };

/**
 * wallet-rpc's codes (monero: wallet_rpc_server_error_codes.h) that mean "unavailable": daemon busy, generic transfer
 * error, no wallet open, no daemon. A call answers -4 if its daemon dies or hangs meanwhile ("failed to get output
 * distribution", "Failed to get height", "Failed to commit tx."), and may still have its effect.
 */
const UNAVAILABLE = [-3, -4, -13, -38];

/** Upper bound of one call. wallet-rpc itself waits up to ten minutes for a daemon that hangs. */
const TIMEOUT_MS = 20_000;

/**
 * monero-wallet-rpc, through monero-ts. It makes no call before its first use. It needs no WebAssembly of monero-ts,
 * which therefore stays out of the bundles.
 */
export function connectWallet({ url, user, password }: WalletLogin, timeoutMs = TIMEOUT_MS): WalletCalls {
  const server = new CorrectedConnection({ uri: url, username: user, password }, timeoutMs);
  const connecting = moneroTs.connectToWalletRpc({ server });
  const wallet = async <T>(use: (wallet: MoneroWalletRpc) => Promise<T>) => orAway(use(await connecting));
  return {
    with: wallet,
    ask: <T>(method: string, params: object = {}, ownTimeoutMs?: number) =>
      wallet(async () => {
        const { result } = await server.sendJsonRequest(method, params, ownTimeoutMs);
        return result as T;
      }),
  };
}

export type WalletCalls = {
  /** Calls a method of monero-ts. */
  with<T>(use: (wallet: MoneroWalletRpc) => Promise<T>): Promise<T>;
  /**
   * Calls an RPC method for which monero-ts has none, or for which it drops parts of the answer. A bigint in `params`
   * becomes an exact JSON number. In the answer, numbers of 16 digits and more are strings.
   *
   * @param ownTimeoutMs upper bound of a call that may take longer than others
   */
  ask<T>(method: string, params?: object, ownTimeoutMs?: number): Promise<T>;
};

/** wallet-rpc's refusal of a call, with its code. */
export class WalletRefused extends Error {
  override name = 'WalletRefused';
  readonly code: number;
  constructor(code: number, message: string) {
    super(`monero-wallet-rpc: ${message} (${code})`);
    this.code = code;
  }
}

/**
 * Turns errors of monero-ts into `WalletRefused` or `WalletUnavailable`. Time-outs, a refused login and a wallet
 * without a daemon mean unavailable. So does code 0 with an empty message, which `get_transfers` answers for the pool
 * of a stopped daemon. The original error is dropped, because it has the call's parameters and would put an address
 * into the log.
 */
async function orAway<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof moneroTs.MoneroRpcError)) throw error;
    const code = Number(error.getCode() ?? 0);
    if (code < 0 && !UNAVAILABLE.includes(code)) throw new WalletRefused(code, error.message);
    const [firstLine] = error.message.split('\n', 2);
    throw new WalletUnavailable(`monero-wallet-rpc: ${firstLine} (${error.getCode() ?? 'no answer'})`);
  }
}
