import * as z from 'zod';
import type { OfferId, PaymentAccountId, TradeId } from '#core/ids.ts';
import {
  CANCELLATION_REQUESTS,
  DISPUTE_REASON_MAX_LENGTH,
  MAX_OPEN_TAKEN,
  TRADE_STARTS,
} from '#core/trades/limits.ts';
import { ACTORS, PARTIES, PERSON_STEPS, ROLES, TRADE_STATES } from '#core/trades/states.ts';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { stepUp } from './second-factor.ts';
import { lines } from './visible-text.ts';
import { At, Currency, Fiat, id, listOf, PaymentMethod, Person, paging, Xmr, XmrOut } from './wire.ts';

const TradeState = z.enum(TRADE_STATES).meta({ id: 'TradeState' });

const Dispute = z
  .strictObject({
    openedBy: z.enum(PARTIES),
    reason: z.string(),
    openedAt: At,
    resolution: z
      .strictObject({ buyerXmr: XmrOut, sellerXmr: XmrOut, note: z.string(), at: At })
      .optional()
      .meta({ description: 'Absent while the dispute is open, and if a party gave in' }),
  })
  .meta({ id: 'Dispute' });

export const Trade = z
  .strictObject({
    id: id<TradeId>('a trade'),
    offerId: id<OfferId>('an offer'),
    buyer: Person,
    seller: Person,
    role: z.enum(ROLES).meta({ description: "The caller's" }),
    state: TradeState,
    amountXmr: Xmr,
    amountFiat: Fiat,
    currency: Currency,
    fiatPerXmr: Fiat,
    method: z.string(),
    terms: z.string().optional(),
    reference: z
      .string()
      .meta({ description: 'For the transfer. Unique among the open trades of its seller' }),
    paymentDetails: z
      .array(z.strictObject({ name: z.string(), value: z.string() }))
      .optional()
      .meta({
        description:
          'Where the buyer pays, as it was when the trade started, under the names of listPaymentMethods. For the parties, and the arbitrator of a dispute, until 30 days after the end. Absent if the seller named no payment account',
      }),
    paymentExpiresAt: At,
    createdAt: At,
    changedAt: At,
    version: z.int(),
    allowedSteps: z
      .array(z.enum(PERSON_STEPS))
      .meta({ description: 'The operations on this trade that the caller may take now' }),
    cancellationAskedBy: z
      .enum(PARTIES)
      .optional()
      .meta({ description: 'Who asks to end the trade, or asked for its end by both' }),
    endedBy: z.enum(ACTORS).optional(),
    dispute: Dispute.optional(),
    history: z.array(z.strictObject({ state: TradeState, at: At, by: z.enum(ACTORS) })),
  })
  .meta({ id: 'Trade' });

const one = z.strictObject({ tradeId: id<TradeId>('a trade') });

const rest = {
  offerId: id<OfferId>('an offer'),
  method: PaymentMethod.optional(),
  fiatPerXmr: Fiat.optional(),
  paymentAccountId: id<PaymentAccountId>('a payment account').optional().meta({
    description: 'Where a taker who sells is paid',
  }),
};

export const startTrade = operation({
  name: 'startTrade',
  route: 'POST /trades',
  summary:
    "Take an offer: the seller's XMR is held. `fiatPerXmr` is the price the taker saw. At most " +
    `${MAX_OPEN_TAKEN.untilFirstCompleted} taken trades that have not ended, ${MAX_OPEN_TAKEN.afterwards} after the first completed one.`,
  caller: 'account',
  refusedIfSuspended: true,
  rate: TRADE_STARTS,
  keyed: true,
  body: z
    .strictObject({ ...rest, amountFiat: Fiat.optional(), amountXmr: Xmr.optional() })
    .superRefine((body, context) => {
      if ((body.amountFiat === undefined) === (body.amountXmr === undefined)) {
        context.addIssue({
          code: 'custom',
          path: ['amountFiat'],
          message: 'give either amountFiat or amountXmr',
        });
      }
    }),
  success: { 201: Trade },
  problems: [
    'halted',
    'not_found',
    'amount_out_of_range',
    'method_not_offered',
    'offer_not_open',
    'own_offer',
    'price_changed',
    'too_many_open',
    'insufficient_funds',
    'price_unavailable',
  ],
});

export const getTrade = operation({
  name: 'getTrade',
  route: 'GET /trades/{tradeId}',
  summary: 'One trade, for its parties, and for moderators once it has a dispute.',
  caller: 'account',
  path: one,
  versionedBy: ['version', 'state'],
  success: { 200: Trade },
  problems: ['not_found'],
});

export const listMyTrades = operation({
  name: 'listMyTrades',
  route: 'GET /me/trades',
  summary: "The caller's trades, on either side, newest first.",
  caller: 'account',
  paged: true,
  query: z.strictObject({ state: TradeState.optional(), ...paging }),
  success: { 200: listOf(Trade) },
  problems: [],
});

const STEP_PROBLEMS = ['not_found', 'not_your_step', 'out_of_order'] as const;
export const STEP_UP_PROBLEMS = [
  'second_factor_required',
  'wrong_second_factor',
  'too_many_requests',
] as const;
/** May be left out by an account without a second factor. */
const stepUpBody = z.strictObject(stepUp).optional();

export const confirmPaymentSent = operation({
  name: 'confirmPaymentSent',
  route: 'POST /trades/{tradeId}/payment-sent',
  summary: 'The buyer confirms that the payment was sent.',
  caller: 'account',
  path: one,
  success: { 200: Trade },
  problems: STEP_PROBLEMS,
});

export const confirmPaymentReceived = operation({
  name: 'confirmPaymentReceived',
  route: 'POST /trades/{tradeId}/payment-received',
  summary:
    'The seller confirms the payment, or gives in to a dispute: the held XMR goes to the buyer. A second factor must confirm it.',
  caller: 'account',
  path: one,
  body: stepUpBody,
  success: { 200: Trade },
  problems: [...STEP_PROBLEMS, ...STEP_UP_PROBLEMS],
});

export const cancelTrade = operation({
  name: 'cancelTrade',
  route: 'POST /trades/{tradeId}/cancel',
  summary:
    'The buyer cancels, or gives in to a dispute: the held XMR goes back to the seller. Once paid, a second factor must confirm it.',
  caller: 'account',
  path: one,
  body: stepUpBody,
  success: { 200: Trade },
  problems: [...STEP_PROBLEMS, ...STEP_UP_PROBLEMS],
});

export const requestCancellation = operation({
  name: 'requestCancellation',
  route: 'POST /trades/{tradeId}/cancellation',
  summary: 'Ask the other party to end a paid trade, so that the held XMR goes back to the seller.',
  caller: 'account',
  rate: CANCELLATION_REQUESTS,
  path: one,
  success: { 200: Trade },
  problems: STEP_PROBLEMS,
});

export const acceptCancellation = operation({
  name: 'acceptCancellation',
  route: 'POST /trades/{tradeId}/cancellation/accept',
  summary:
    "End the trade as the other party asked: the held XMR goes back to the seller. The buyer's second factor must confirm it.",
  caller: 'account',
  path: one,
  body: stepUpBody,
  success: { 200: Trade },
  problems: [...STEP_PROBLEMS, ...STEP_UP_PROBLEMS],
});

export const retractCancellation = operation({
  name: 'retractCancellation',
  route: 'DELETE /trades/{tradeId}/cancellation',
  summary: "Take one's own request to end the trade back.",
  caller: 'account',
  path: one,
  success: { 204: null },
  problems: STEP_PROBLEMS,
});

export const openDispute = operation({
  name: 'openDispute',
  route: 'POST /trades/{tradeId}/dispute',
  summary: 'Ask for an arbitrator, who decides on the held XMR of a paid trade.',
  caller: 'account',
  path: one,
  body: z.strictObject({ reason: lines(DISPUTE_REASON_MAX_LENGTH).min(1) }),
  success: { 200: Trade },
  problems: STEP_PROBLEMS,
});

export const getTradesHealth = functionHealth('trades');
