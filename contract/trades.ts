import * as z from 'zod';
import type { OfferId, TradeId } from '#core/ids.ts';
import { MAX_OPEN_TAKEN, TRADE_STARTS } from '#core/trades/limits.ts';
import { PARTY_STEPS, TRADE_STATES } from '#core/trades/states.ts';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { stepUp } from './second-factor.ts';
import { At, Currency, Fiat, id, listOf, PaymentMethod, Person, paging, Xmr } from './wire.ts';

const TradeState = z.enum(TRADE_STATES).meta({ id: 'TradeState' });

export const Trade = z
  .strictObject({
    id: id<TradeId>('a trade'),
    offerId: id<OfferId>('an offer'),
    buyer: Person,
    seller: Person,
    role: z.enum(['buyer', 'seller']).meta({ description: "The caller's" }),
    state: TradeState,
    amountXmr: Xmr,
    amountFiat: Fiat,
    currency: Currency,
    fiatPerXmr: Fiat,
    method: z.string(),
    terms: z.string().optional(),
    paymentExpiresAt: At,
    createdAt: At,
    changedAt: At,
    version: z.int(),
    allowedSteps: z
      .array(z.enum(PARTY_STEPS))
      .meta({ description: 'The operations on this trade that the caller may take now' }),
  })
  .meta({ id: 'Trade' });

const one = z.strictObject({ tradeId: id<TradeId>('a trade') });

const rest = {
  offerId: id<OfferId>('an offer'),
  method: PaymentMethod.optional(),
  fiatPerXmr: Fiat.optional(),
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
  summary: 'One trade, for its parties.',
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
const STEP_UP_PROBLEMS = ['second_factor_required', 'wrong_second_factor', 'too_many_requests'] as const;
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
    'The seller confirms the payment: the held XMR goes to the buyer. A second factor must confirm it.',
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
    'The buyer cancels: the held XMR goes back to the seller. Once paid, a second factor must confirm it.',
  caller: 'account',
  path: one,
  body: stepUpBody,
  success: { 200: Trade },
  problems: [...STEP_PROBLEMS, ...STEP_UP_PROBLEMS],
});

export const getTradesHealth = functionHealth('trades');
