import moneroTs, { type MoneroWalletRpc } from 'monero-ts';
import { WalletUnavailable } from '#core/withdrawals/ports.ts';
import { ExactConnection } from './exact-amounts.ts';

export type WalletLogin = { url: string; user: string; password: string };

/** Of wallet-rpc's own codes (monero: wallet_rpc_server_error_codes.h), those that say "not now": daemon busy, no wallet open, no daemon. */
const AWAY = [-3, -13, -38];

const TIMEOUT_MS = 20_000;

/** monero-ts' settings of its connections, which it keeps for itself and its heirs. */
class Connections extends moneroTs.HttpClient {
  static limit() {
    moneroTs.HttpClient.CONNECT_TIMEOUT = 3_000;
    moneroTs.HttpClient.READ_TIMEOUT = TIMEOUT_MS;
    // A digest nonce belongs to its TCP connection: with one connection it is never sent on another.
    moneroTs.HttpClient.getHttpAgent().maxSockets = 1;
    moneroTs.HttpClient.getHttpsAgent().maxSockets = 1;
  }
}

/**
 * monero-wallet-rpc, through monero-ts. Nothing is called before it is used, and nothing of what is used needs
 * monero-ts' WebAssembly, which therefore stays out of the bundles.
 */
export function connectWallet({ url, user, password }: WalletLogin): WalletCalls {
  Connections.limit();
  const server = new ExactConnection({ uri: url, username: user, password, timeoutMs: TIMEOUT_MS });
  const connecting = moneroTs.connectToWalletRpc({ server });
  const wallet = async <T>(use: (wallet: MoneroWalletRpc) => Promise<T>) => orAway(use(await connecting));
  return {
    with: wallet,
    ask: <T>(method: string, params: object = {}) =>
      wallet(async (connected) => {
        const { result } = await connected.getRpcConnection()!.sendJsonRequest(method, params);
        return result as T;
      }),
  };
}

export type WalletCalls = {
  /** A call that monero-ts has a method for. */
  with<T>(use: (wallet: MoneroWalletRpc) => Promise<T>): Promise<T>;
  /**
   * A call that it has no method for, or whose answer it would not give whole. In `params` a bigint goes out as an exact
   * JSON number; in the answer numbers of 16 digits and more are strings.
   */
  ask<T>(method: string, params?: object): Promise<T>;
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
 * No answer, a login that is refused and a wallet without daemon are one thing to those who ask: away. What monero-ts
 * throws is not handed on: it carries the call's parameters, and an address would end in the log.
 */
async function orAway<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof moneroTs.MoneroRpcError)) throw error;
    const code = Number(error.getCode() ?? 0);
    if (code < 0 && !AWAY.includes(code)) throw new WalletRefused(code, error.message);
    throw new WalletUnavailable(`monero-wallet-rpc: ${error.message.split('\n', 2).join(' ')}`);
  }
}
