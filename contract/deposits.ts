import * as z from 'zod';
import { DEPOSIT_STATES } from '#core/deposits/deposits.ts';
import { MAX_UNUSED_ADDRESSES } from '#core/deposits/limits.ts';
import type { DepositId } from '#core/ids.ts';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { At, id, listOf, paging, Xmr } from './wire.ts';

export const Deposit = z
  .strictObject({
    id: id<DepositId>('a deposit'),
    address: z.string(),
    amountXmr: Xmr,
    txid: z.string(),
    confirmations: z.int(),
    confirmationsNeeded: z.int(),
    state: z.enum(DEPOSIT_STATES).meta({
      description:
        '`dropped`: it left pool and chain before it was credited; `reversed`: after. Mined again it is `seen` again',
    }),
    lockedUntil: z
      .union([z.strictObject({ height: z.int() }), z.strictObject({ at: At })])
      .optional()
      .meta({ description: "The sender's lock: a number of blocks, or a time" }),
    seenAt: At,
    creditedAt: At.optional(),
    endedAt: At.optional().meta({ description: 'When it was dropped or reversed' }),
  })
  .meta({ id: 'Deposit' });

export const newDepositAddress = operation({
  name: 'newDepositAddress',
  route: 'POST /wallet/deposit-address',
  summary: `A fresh address to deposit to; the earlier ones stay valid. At most ${MAX_UNUSED_ADDRESSES} without a deposit.`,
  caller: 'account',
  success: { 201: z.strictObject({ depositAddress: z.string() }) },
  problems: ['too_many_open'],
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

export const getDepositsHealth = functionHealth('deposits');
