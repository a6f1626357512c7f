import * as z from 'zod';
import type { OfferId, PaymentAccountId } from '#core/ids.ts';
import {
  MARGIN_BP,
  MAX_CHANGED_AT_ONCE,
  MAX_HISTORY_HOURS,
  MAX_METHODS,
  PAYMENT_WINDOW_MINUTES,
  TERMS_MAX_LENGTH,
} from '#core/offers/limits.ts';
import { OFFER_STATES, SIDES } from '#core/offers/states.ts';
import { FIELD_FORMATS } from '#core/payment-methods/limits.ts';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { lines } from './visible-text.ts';
import { AnyCurrency, At, Currency, Fiat, id, listOf, PaymentMethod, Person, paging } from './wire.ts';

const Side = z.enum(SIDES).meta({ description: "The owner's: a sell offer sells XMR" });

const Price = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), fiatPerXmr: Fiat }),
    z.strictObject({ kind: z.literal('market'), marginBp: z.int().min(MARGIN_BP.min).max(MARGIN_BP.max) }),
  ])
  .meta({
    id: 'Price',
    description: 'Fixed, or the market price with a margin in basis points (100 bp = 1 %)',
  });

const Methods = z
  .array(PaymentMethod)
  .min(1)
  .max(MAX_METHODS)
  .refine((methods) => new Set(methods).size === methods.length, 'must not name a method twice');
const Terms = lines(TERMS_MAX_LENGTH);
const PaymentAccountIds = z.array(id<PaymentAccountId>('a payment account')).max(MAX_METHODS);
const Unlisted = z.boolean().meta({ description: 'Whether it is found by its link only' });
const PaymentWindow = z.int().min(PAYMENT_WINDOW_MINUTES.min).max(PAYMENT_WINDOW_MINUTES.max);

const offerFields = {
  id: id<OfferId>('an offer'),
  owner: Person,
  side: Side,
  currency: Currency,
  price: Price,
  fiatPerXmr: Fiat.meta({ description: 'The present price of 1 XMR' }),
  minFiat: Fiat,
  maxFiat: Fiat,
  methods: z.array(z.string()),
  terms: z.string().optional(),
  paymentWindowMinutes: z.int(),
  state: z.enum(OFFER_STATES),
  unlisted: Unlisted.optional(),
  version: z.int(),
  createdAt: At,
  updatedAt: At,
};

export const Offer = z.strictObject(offerFields).meta({ id: 'Offer' });

export const MyOffer = z
  .strictObject({
    ...offerFields,
    paymentAccountIds: PaymentAccountIds.optional().meta({ description: 'Where buyers pay' }),
    listed: z.boolean().meta({ description: 'Whether the market lists it. Only its owner is told' }),
    notListedBecause: z
      .enum(['paused', 'closed', 'unlisted', 'insufficient_funds'])
      .optional()
      .meta({ description: '`insufficient_funds`: the balance is less than the XMR that `minFiat` takes' }),
  })
  .meta({ id: 'MyOffer' });

const one = z.strictObject({ offerId: id<OfferId>('an offer') });

export const listOffers = operation({
  name: 'listOffers',
  route: 'GET /offers',
  summary: 'Open offers that their owners can honour; by price (best for the taker first) or newest first.',
  caller: 'anyone',
  paged: true,
  query: z.strictObject({
    side: Side.optional(),
    currency: AnyCurrency.optional(),
    method: PaymentMethod.optional(),
    amount: Fiat.optional().meta({
      description: 'Only offers whose limits include this amount. It needs `currency`',
    }),
    sort: z.enum(['price', 'newest']).optional().meta({ description: '`price` needs `side` and `currency`' }),
    ...paging,
  }),
  success: { 200: listOf(Offer) },
  problems: ['unsupported_currency', 'price_unavailable'],
});

export const createOffer = operation({
  name: 'createOffer',
  route: 'POST /offers',
  summary: 'Put an offer on the market.',
  caller: 'account',
  refusedIfSuspended: true,
  body: z.strictObject({
    side: Side,
    currency: AnyCurrency,
    price: Price,
    minFiat: Fiat,
    maxFiat: Fiat,
    methods: Methods,
    paymentAccountIds: PaymentAccountIds.optional().meta({
      description: 'Of an offer to sell: where its buyers pay, at most one for each method',
    }),
    terms: Terms.optional(),
    paymentWindowMinutes: PaymentWindow,
    unlisted: Unlisted.optional(),
  }),
  success: { 201: MyOffer },
  problems: [
    'halted',
    'insufficient_funds',
    'unsupported_currency',
    'amount_out_of_range',
    'price_unavailable',
  ],
});

export const getOffer = operation({
  name: 'getOffer',
  route: 'GET /offers/{offerId}',
  summary: 'One offer.',
  caller: 'anyone',
  path: one,
  versionedBy: ['version', 'fiatPerXmr'],
  success: { 200: Offer },
  problems: ['not_found', 'price_unavailable'],
});

export const updateOffer = operation({
  name: 'updateOffer',
  route: 'PATCH /offers/{offerId}',
  summary: 'Change some fields of an offer. `version` is the one that was read.',
  caller: 'account',
  refusedIfSuspended: true,
  path: one,
  body: z.strictObject({
    version: z.int().min(1),
    price: Price.optional(),
    minFiat: Fiat.optional(),
    maxFiat: Fiat.optional(),
    methods: Methods.optional(),
    paymentAccountIds: PaymentAccountIds.optional().meta({ description: 'All of them' }),
    terms: Terms.optional(),
    paymentWindowMinutes: PaymentWindow.optional(),
    state: z.enum(['open', 'paused']).optional(),
    unlisted: Unlisted.optional(),
  }),
  success: { 200: MyOffer },
  problems: [
    'halted',
    'not_found',
    'not_allowed',
    'changed_since',
    'offer_not_open',
    'insufficient_funds',
    'amount_out_of_range',
    'price_unavailable',
  ],
});

export const closeOffer = operation({
  name: 'closeOffer',
  route: 'DELETE /offers/{offerId}',
  summary: 'Close an offer for good. Its trades continue.',
  caller: 'account',
  path: one,
  success: { 204: null },
  problems: ['not_found', 'not_allowed'],
});

export const listMyOffers = operation({
  name: 'listMyOffers',
  route: 'GET /me/offers',
  summary: "The caller's offers, newest first, closed ones included.",
  caller: 'account',
  paged: true,
  query: z.strictObject(paging),
  success: { 200: listOf(MyOffer) },
  problems: ['price_unavailable'],
});

const Changed = z.strictObject({
  changed: z.int().min(0).meta({ description: 'The number of offers that this call changed' }),
});

export const pauseMyOffers = operation({
  name: 'pauseMyOffers',
  route: 'POST /me/offers/pause',
  summary: `Pause the caller's open offers, at most ${MAX_CHANGED_AT_ONCE} a call: repeat it until \`changed\` is 0. Trades continue.`,
  caller: 'account',
  success: { 200: Changed },
  problems: [],
});

export const resumeMyOffers = operation({
  name: 'resumeMyOffers',
  route: 'POST /me/offers/resume',
  summary: `Open the offers that pauseMyOffers paused, at most ${MAX_CHANGED_AT_ONCE} a call: repeat it until \`changed\` is 0. Offers to sell stay paused while the balance is below zero.`,
  caller: 'account',
  refusedIfSuspended: true,
  success: { 200: Changed },
  problems: ['halted'],
});

const Words = z.strictObject({ en: z.string(), fr: z.string() });

const KnownPaymentMethod = z
  .strictObject({
    id: z.string().meta({ description: 'As in the `methods` of an offer', examples: ['sepa'] }),
    name: Words,
    fields: z.array(
      z.strictObject({
        name: z.string(),
        label: Words,
        format: z.enum(FIELD_FORMATS),
        required: z.boolean(),
      }),
    ),
    currencies: z
      .array(z.string())
      .optional()
      .meta({ description: 'ISO 4217. Absent where any may be paid' }),
    usualMinutes: z.int().meta({ description: 'The payment window that suits most payments' }),
  })
  .meta({ id: 'KnownPaymentMethod' });

export const listPaymentMethods = operation({
  name: 'listPaymentMethods',
  route: 'GET /payment-methods',
  summary: 'The known payment methods, with the fields that a payer needs. An offer may name others.',
  caller: 'anyone',
  success: { 200: z.strictObject({ items: z.array(KnownPaymentMethod) }) },
  problems: [],
});

export const Rate = z
  .strictObject({ currency: Currency, fiatPerXmr: Fiat, source: z.string(), at: At })
  .meta({ id: 'Rate' });

export const listRates = operation({
  name: 'listRates',
  route: 'GET /rates',
  summary: 'The market price of 1 XMR in each currency.',
  caller: 'anyone',
  success: { 200: z.strictObject({ items: z.array(Rate) }) },
  problems: ['price_unavailable'],
});

const Hours = z
  .codec(
    z.string().regex(/^\d{1,3}$/, `must be a whole number from 1 to ${MAX_HISTORY_HOURS}`),
    z.int().min(1).max(MAX_HISTORY_HOURS),
    { decode: Number, encode: String },
  )
  .meta({ description: `1 to ${MAX_HISTORY_HOURS}; 24 by default` });

export const listRateHistory = operation({
  name: 'listRateHistory',
  route: 'GET /rates/{currency}/history',
  summary:
    'Former market prices of 1 XMR, oldest first: one every 10 minutes up to 24 hours, and one an hour beyond.',
  caller: 'anyone',
  path: z.strictObject({ currency: AnyCurrency }),
  query: z.strictObject({ hours: Hours.default(24) }),
  success: { 200: z.strictObject({ items: z.array(z.strictObject({ at: At, fiatPerXmr: Fiat })) }) },
  problems: ['unsupported_currency'],
});

export const getOffersHealth = functionHealth('offers');
