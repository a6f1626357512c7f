import * as z from 'zod';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { Wallet } from './wallet.ts';
import { Xmr } from './wire.ts';

export const drawFaucet = operation({
  name: 'drawFaucet',
  route: 'POST /sandbox/faucet',
  summary: 'Play money: up to 10 XMR a draw, 100 a day. Only on regtest.',
  caller: 'account',
  refusedIfSuspended: true,
  network: 'regtest',
  keyed: true,
  body: z.strictObject({ amountXmr: Xmr }),
  success: { 200: Wallet },
  problems: ['not_found', 'amount_out_of_range'],
});

export const mineBlocks = operation({
  name: 'mineBlocks',
  route: 'POST /sandbox/blocks',
  summary: 'Mine blocks, so that confirmations move. Only on regtest.',
  caller: 'account',
  network: 'regtest',
  body: z.strictObject({ count: z.int().min(1).max(60) }),
  success: { 200: z.strictObject({ height: z.int() }) },
  problems: ['not_found'],
});

export const getSandboxHealth = operation({ ...functionHealth('sandbox'), network: 'regtest' });
