import * as z from 'zod';
import type { DepositId, TradeId, TransferId, WithdrawalId } from '#core/ids.ts';
import { TRANSFER_KINDS } from '#core/ledger/ledger.ts';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { At, id, listOf, Network, paging, XmrOut } from './wire.ts';

export const Wallet = z
  .strictObject({
    network: Network,
    availableXmr: XmrOut,
    heldXmr: XmrOut,
    pendingDepositsXmr: XmrOut,
    depositAddress: z.string().optional().meta({ description: 'Absent while no unused address can be had' }),
  })
  .meta({ id: 'Wallet' });

export const Entry = z
  .strictObject({
    id: id<TransferId>('a transfer'),
    at: At,
    kind: z.enum(TRANSFER_KINDS),
    direction: z.enum(['in', 'out']),
    status: z.enum(['pending', 'posted', 'voided']),
    amountXmr: XmrOut,
    balanceXmr: XmrOut.meta({ description: 'Available after it, reckoned backwards from now' }),
    tradeId: id<TradeId>('a trade').optional(),
    withdrawalId: id<WithdrawalId>('a withdrawal').optional(),
    depositId: id<DepositId>('a deposit').optional(),
  })
  .meta({ id: 'Entry' });

export const getWallet = operation({
  name: 'getWallet',
  route: 'GET /wallet',
  summary: "The caller's balance and deposit address.",
  caller: 'account',
  versionedBy: ['availableXmr', 'heldXmr', 'pendingDepositsXmr', 'depositAddress'],
  success: { 200: Wallet },
  problems: [],
});

export const listEntries = operation({
  name: 'listEntries',
  route: 'GET /wallet/entries',
  summary: 'The statement: every movement, newest first.',
  caller: 'account',
  paged: true,
  query: z.strictObject(paging),
  success: { 200: listOf(Entry) },
  problems: [],
});

export const getWalletHealth = functionHealth('wallet');
