import type { Uint64 } from '#adapters/monero/exact-json.ts';
import { oldMoneroWarning } from '#core/chain/releases.ts';
import { PICONERO_PER_XMR } from '#core/money/xmr.ts';
import type { SandboxNode } from './node.ts';
import { type WalletRpc, WalletRpcError } from './wallet-rpc.ts';

/** XMR for the faucet's demo accounts and a day of withdrawals: the rewards of six blocks. */
const ENOUGH_PICONERO = 200n * PICONERO_PER_XMR;
/**
 * Minimum number of blocks at which every release of wallet-rpc finds decoys. Old ones hang at 86 blocks (releases.ts).
 */
const ENOUGH_BLOCKS = 87;
/**
 * Blocks mined at the first start: above ENOUGH_BLOCKS, and enough for ENOUGH_PICONERO, because rewards unlock after 60
 * blocks.
 */
const FIRST_BLOCKS = 90;

/** WALLET_RPC_ERROR_CODE_WALLET_ALREADY_EXISTS (monero: src/wallet/wallet_rpc_server_error_codes.h) */
const ALREADY_EXISTS = -21;

type Balance = { balance: Uint64; unlocked_balance: Uint64 };

/** The wallet that the sandbox pays from. */
export class HouseWallet {
  readonly #rpc: WalletRpc;
  readonly #password: string;
  #address: string | undefined;

  constructor(rpc: WalletRpc, password: string) {
    this.#rpc = rpc;
    this.#password = password;
  }

  /** Opens the wallet, and creates it at the first start. A wallet that is already open stays open. */
  async open(): Promise<void> {
    if (await this.#isOpen()) return;
    const wallet = { filename: 'house', password: this.#password };
    try {
      await this.#rpc.call('open_wallet', wallet);
    } catch (error) {
      if (!(error instanceof WalletRpcError)) throw error;
      await this.#create(wallet, error);
    }
  }

  async #create(wallet: object, notOpened: WalletRpcError): Promise<void> {
    try {
      await this.#rpc.call('create_wallet', { ...wallet, language: 'English' });
    } catch (error) {
      if (!(error instanceof WalletRpcError) || error.code !== ALREADY_EXISTS) throw error;
      throw new Error(`its file is there, and HOUSE_WALLET_PASSWORD does not open it (${notOpened.message})`);
    }
  }

  async address(): Promise<string> {
    this.#address ??= (
      await this.#rpc.call<{ address: string }>('get_address', { account_index: 0 })
    ).address;
    return this.#address;
  }

  /** The known faults of the wallet's release, in one line; `undefined` when there are none. */
  async warning(): Promise<string | undefined> {
    const { version } = await this.#rpc.call<{ version: number }>('get_version');
    return oldMoneroWarning(version);
  }

  /**
   * Mines until there are enough unlocked coins and blocks.
   * @returns the unlocked XMR, and the number of mined blocks
   */
  async fund(node: SandboxNode): Promise<{ unlockedXmr: number; mined: number }> {
    let mined = 0;
    for (let round = 0; round < 5; round += 1) {
      const { balance, unlocked_balance } = await this.#balance();
      const { height } = await node.info();
      if (unlocked_balance >= ENOUGH_PICONERO && height >= ENOUGH_BLOCKS) {
        return { unlockedXmr: Number(BigInt(unlocked_balance) / PICONERO_PER_XMR), mined };
      }
      const count = balance >= ENOUGH_PICONERO ? 60 : FIRST_BLOCKS;
      await node.mine(await this.address(), count);
      mined += count;
    }
    throw new Error(`The house wallet has too few unlocked coins after ${mined} mined blocks.`);
  }

  async #balance(): Promise<Balance> {
    await this.#rpc.call('refresh', {}, 120_000);
    return this.#rpc.call<Balance>('get_balance', { account_index: 0 });
  }

  async #isOpen(): Promise<boolean> {
    try {
      await this.#rpc.call('get_address', { account_index: 0 });
      return true;
    } catch (error) {
      if (error instanceof WalletRpcError && error.code === -13) return false;
      throw error;
    }
  }
}
