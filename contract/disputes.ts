import * as z from 'zod';
import { RESOLUTION_NOTE_MAX_LENGTH } from '#core/disputes/limits.ts';
import type { TradeId } from '#core/ids.ts';
import { operation } from './operation.ts';
import { stepUp } from './second-factor.ts';
import { STEP_UP_PROBLEMS, Trade } from './trades.ts';
import { lines } from './visible-text.ts';
import { id, listOf, paging, XmrOrNothing } from './wire.ts';

export const listDisputes = operation({
  name: 'listDisputes',
  route: 'GET /disputes',
  summary: 'Trades of others whose dispute is open, or has ended, newest dispute first.',
  caller: 'account',
  role: 'moderator',
  paged: true,
  query: z.strictObject({ ...paging, state: z.enum(['open', 'closed']).optional() }),
  success: { 200: listOf(Trade) },
  problems: [],
});

export const resolveDispute = operation({
  name: 'resolveDispute',
  route: 'POST /trades/{tradeId}/resolution',
  summary:
    'Decide on the held XMR of a disputed trade of others: the buyer gets `buyerXmr`, and the seller the rest. A second factor must confirm it.',
  caller: 'account',
  role: 'moderator',
  path: z.strictObject({ tradeId: id<TradeId>('a trade') }),
  body: z.strictObject({
    buyerXmr: XmrOrNothing,
    note: lines(RESOLUTION_NOTE_MAX_LENGTH).min(1),
    ...stepUp,
  }),
  success: { 200: Trade },
  problems: ['not_found', 'not_your_step', 'out_of_order', 'amount_out_of_range', ...STEP_UP_PROBLEMS],
});
