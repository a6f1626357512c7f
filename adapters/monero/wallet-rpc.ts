import moneroTs, { type MoneroWalletRpc } from 'monero-ts';
import { WalletUnavailable } from '#core/withdrawals/ports.ts';
import { CorrectedConnection } from './corrected-connection.ts';

export type WalletLogin = { url: string; user: string; password: string };

/**
 * wallet-rpc's codes (monero: wallet_rpc_server_error_codes.h) that say nothing about the request: daemon busy, generic
 * transfer error, no wallet open, no daemon. -4 is what a call answers whose daemon died or hung in the middle ("failed
 * to get output distribution", "Failed to get height", "Failed to commit tx."); what was asked for may still happen.
 */
const AWAY = [-3, -4, -13, -38];

/** Upper bound of one call. wallet-rpc itself waits for a daemon that hangs for up to ten minutes. */
const TIMEOUT_MS = 20_000;

/**
 * monero-wallet-rpc, through monero-ts. Nothing is called before it is used, and nothing of what is used needs
 * monero-ts' WebAssembly, which therefore stays out of the bundles.
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
  /** A call that monero-ts has a method for. */
  with<T>(use: (wallet: MoneroWalletRpc) => Promise<T>): Promise<T>;
  /**
   * A call that it has no method for, or whose answer it would not give whole. In `params` a bigint goes out as an exact
   * JSON number; in the answer numbers of 16 digits and more are strings. `ownTimeoutMs` is for a call that may take longer than others.
   */
  ask<T>(method: string, params?: object, ownTimeoutMs?: number): Promise<T>;
};

/** wallet-rpc's own refusal of a call, with its code. */
export class WalletRefused extends Error {
  override name = 'WalletRefused';
  readonly code: number;
  constructor(code: number, message: string) {
    super(`monero-wallet-rpc: ${message} (${code})`);
    this.code = code;
  }
}

/**
 * No answer in time, a login that is refused and a wallet without daemon are one thing to the caller: unavailable. So is
 * code 0 (with an empty message), which `get_transfers` answers for the pool of a daemon that is gone. The error of
 * monero-ts is not handed on, because it carries the call's parameters and an address would end in the log.
 */
async function orAway<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof moneroTs.MoneroRpcError)) throw error;
    const code = Number(error.getCode() ?? 0);
    if (code < 0 && !AWAY.includes(code)) throw new WalletRefused(code, error.message);
    const [firstLine] = error.message.split('\n', 2);
    throw new WalletUnavailable(`monero-wallet-rpc: ${firstLine} (${error.getCode() ?? 'no answer'})`);
  }
}
