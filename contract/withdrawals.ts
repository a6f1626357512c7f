import * as z from 'zod';
import type { WithdrawalId } from '#core/ids.ts';
import { MAX_QUEUED_WITHDRAWALS, WITHDRAWAL_REQUESTS } from '#core/withdrawals/limits.ts';
import { WITHDRAWAL_STATES } from '#core/withdrawals/withdrawals.ts';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { stepUp } from './second-factor.ts';
import { At, id, listOf, paging, Xmr, XmrOut } from './wire.ts';

const Address = z.string().min(1).max(256);

const payment = {
  address: Address,
  amountXmr: Xmr.optional(),
  max: z
    .literal(true)
    .optional()
    .meta({ description: 'Everything available, instead of an amount: the fee comes out of it' }),
};

/** Adds an issue unless exactly one of the two is given. */
function amountOrMax({ amountXmr, max }: { amountXmr?: unknown; max?: unknown }, context: z.RefinementCtx) {
  if ((amountXmr === undefined) === (max === undefined))
    context.addIssue({ code: 'custom', path: ['amountXmr'], message: 'give either amountXmr or max' });
}

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

export const quoteWithdrawal = operation({
  name: 'quoteWithdrawal',
  route: 'POST /wallet/withdrawals/quote',
  summary: 'The maximum cost of a withdrawal.',
  caller: 'account',
  body: z.strictObject(payment).superRefine(amountOrMax),
  success: { 200: z.strictObject({ amountXmr: Xmr, feeXmr: XmrOut, totalXmr: Xmr, internal: z.boolean() }) },
  problems: ['invalid_address', 'wrong_network', 'own_address', 'amount_out_of_range', 'insufficient_funds'],
});

export const requestWithdrawal = operation({
  name: 'requestWithdrawal',
  route: 'POST /wallet/withdrawals',
  summary:
    'Hold the amount and the fee, and queue the payment. With `max` the amount is an estimate until it is prepared. ' +
    `At most ${MAX_QUEUED_WITHDRAWALS} are queued at once.`,
  caller: 'account',
  refusedIfSuspended: true,
  rate: WITHDRAWAL_REQUESTS,
  keyed: true,
  body: z.strictObject({ ...payment, ...stepUp }).superRefine(amountOrMax),
  success: { 202: Withdrawal },
  problems: [
    'halted',
    'invalid_address',
    'wrong_network',
    'own_address',
    'amount_out_of_range',
    'too_many_open',
    'insufficient_funds',
    'second_factor_required',
    'wrong_second_factor',
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

export const getWithdrawalsHealth = functionHealth('withdrawals');
