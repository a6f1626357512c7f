import * as z from 'zod';
import type { DepositId, TradeId, TransferId, WithdrawalId } from '#core/ids.ts';
import { TRANSFER_KINDS } from '#core/ledger/ledger.ts';
import { NETWORKS } from '#core/monero/networks.ts';
import { WITHDRAWAL_STATES } from '#core/withdrawals/withdrawals.ts';
import { operation } from './operation.ts';
import { At, id, listOf, paging, Xmr, XmrOut } from './wire.ts';

export const Network = z.enum(NETWORKS).meta({ id: 'Network' });
/** Whether it is one is the core's to say: a malformed address is a 422 with its own code. */
const Address = z.string().min(1).max(256);

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

export const Deposit = z
  .strictObject({
    id: id<DepositId>('a deposit'),
    address: z.string(),
    amountXmr: Xmr,
    txid: z.string(),
    confirmations: z.int(),
    confirmationsNeeded: z.int(),
    state: z.enum(['seen', 'credited', 'reversed']),
    seenAt: At,
    creditedAt: At.optional(),
  })
  .meta({ id: 'Deposit' });

export const Withdrawal = z
  .strictObject({
    id: id<WithdrawalId>('a withdrawal'),
    state: z.enum(WITHDRAWAL_STATES),
    address: z.string(),
    amountXmr: Xmr,
    feeXmr: XmrOut,
    internal: z.boolean(),
    txid: z.string().optional(),
    confirmations: z.int(),
    requestedAt: At,
    changedAt: At,
    failureCode: z.enum(['fee_above_quote', 'address_refused']).optional(),
  })
  .meta({ id: 'Withdrawal' });

export const getWallet = operation({
  name: 'getWallet',
  route: 'GET /wallet',
  summary: "The caller's balance and deposit address.",
  caller: 'account',
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

export const newDepositAddress = operation({
  name: 'newDepositAddress',
  route: 'POST /wallet/deposit-address',
  summary: 'A fresh address to deposit to; the earlier ones stay valid.',
  caller: 'account',
  success: { 201: z.strictObject({ depositAddress: z.string() }) },
  problems: [],
});

export const listDeposits = operation({
  name: 'listDeposits',
  route: 'GET /wallet/deposits',
  summary: 'Deposits, newest first, with their confirmations.',
  caller: 'account',
  paged: true,
  query: z.strictObject(paging),
  success: { 200: listOf(Deposit) },
  problems: [],
});

export const quoteWithdrawal = operation({
  name: 'quoteWithdrawal',
  route: 'POST /wallet/withdrawals/quote',
  summary: 'What a withdrawal would cost at most.',
  caller: 'account',
  body: z.strictObject({ address: Address, amountXmr: Xmr }),
  success: { 200: z.strictObject({ amountXmr: Xmr, feeXmr: XmrOut, totalXmr: Xmr, internal: z.boolean() }) },
  problems: ['invalid_address', 'wrong_network', 'own_address', 'amount_out_of_range'],
});

export const requestWithdrawal = operation({
  name: 'requestWithdrawal',
  route: 'POST /wallet/withdrawals',
  summary: 'Hold the amount and the fee, and queue the payment.',
  caller: 'account',
  keyed: true,
  body: z.strictObject({
    address: Address,
    amountXmr: Xmr,
    code: z.string().trim().min(1).max(64).optional(),
  }),
  success: { 202: Withdrawal },
  problems: [
    'invalid_address',
    'wrong_network',
    'own_address',
    'amount_out_of_range',
    'insufficient_funds',
    'second_factor_required',
    'wrong_second_factor',
    'too_many_requests',
  ],
});

export const getWithdrawal = operation({
  name: 'getWithdrawal',
  route: 'GET /wallet/withdrawals/{withdrawalId}',
  summary: 'One withdrawal.',
  caller: 'account',
  path: z.strictObject({ withdrawalId: id<WithdrawalId>('a withdrawal') }),
  success: { 200: Withdrawal },
  problems: ['not_found'],
});

export const listWithdrawals = operation({
  name: 'listWithdrawals',
  route: 'GET /wallet/withdrawals',
  summary: 'Withdrawals, newest first.',
  caller: 'account',
  paged: true,
  query: z.strictObject(paging),
  success: { 200: listOf(Withdrawal) },
  problems: [],
});

export const drawFaucet = operation({
  name: 'drawFaucet',
  route: 'POST /sandbox/faucet',
  summary: 'Play money: up to 10 XMR a draw, 100 a day. Only on regtest.',
  caller: 'account',
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
  body: z.strictObject({ count: z.int().min(1).max(60) }),
  success: { 200: z.strictObject({ height: z.int() }) },
  problems: ['not_found'],
});
