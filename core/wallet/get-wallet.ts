import type { Caller } from '../caller.ts';
import type { WalletPorts } from './ports.ts';
import { showWallet } from './views.ts';

/** The caller's balance and address for deposits. */
export const getWallet =
  (ports: WalletPorts) =>
  async (_input: unknown, { accountId }: Caller) =>
    showWallet(ports, accountId);
