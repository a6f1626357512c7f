import moneroTs, { type MoneroWalletRpc } from 'monero-ts';
import { WalletUnavailable } from '#core/withdrawals/ports.ts';

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
  const config = { uri: url, username: user, password, timeoutMs: TIMEOUT_MS };
  const connecting = moneroTs.connectToWalletRpc(config);
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
  /** One that it has none for, or whose answer it would not give whole. Numbers of 16 digits and more come as strings. */
  ask<T>(method: string, params?: object): Promise<T>;
};

/** The code wallet-rpc refused a call with; `undefined` when it was not wallet-rpc that did. */
export const walletErrorCode = (error: unknown): number | undefined => {
  const code = error instanceof moneroTs.MoneroRpcError ? error.getCode() : undefined;
  return code !== undefined && code < 0 ? code : undefined;
};

/** No answer, a login that is refused and a wallet without daemon are one thing to those who ask: away. */
async function orAway<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const refused = walletErrorCode(error);
    const reached = refused !== undefined && !AWAY.includes(refused);
    if (reached || !(error instanceof moneroTs.MoneroRpcError)) throw error;
    throw new WalletUnavailable('monero-wallet-rpc', { cause: error });
  }
}
