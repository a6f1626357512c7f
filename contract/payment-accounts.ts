import * as z from 'zod';
import type { PaymentAccountId } from '#core/ids.ts';
import { LABEL_MAX_LENGTH, MAX_PAYMENT_ACCOUNTS } from '#core/payment-accounts/limits.ts';
import { FIELD_MAX_LENGTH, FIELD_NAME_MAX_LENGTH } from '#core/payment-methods/limits.ts';
import { operation } from './operation.ts';
import { stepUp } from './second-factor.ts';
import { line, lines } from './visible-text.ts';
import { At, id, listOf, PaymentMethod } from './wire.ts';

const Label = line(LABEL_MAX_LENGTH).meta({ description: 'For its owner only' });
const Fields = z
  .record(z.string().max(FIELD_NAME_MAX_LENGTH), lines(FIELD_MAX_LENGTH))
  .meta({ description: 'The fields of the method, as listPaymentMethods names them' });
const one = z.strictObject({ paymentAccountId: id<PaymentAccountId>('a payment account') });

export const PaymentAccount = z
  .strictObject({
    id: id<PaymentAccountId>('a payment account'),
    method: z.string(),
    label: z.string(),
    fields: z.record(z.string(), z.string()),
    createdAt: At,
    updatedAt: At,
    version: z.int(),
  })
  .meta({ id: 'PaymentAccount' });

export const addPaymentAccount = operation({
  name: 'addPaymentAccount',
  route: 'POST /me/payment-accounts',
  summary: `Add a way to be paid, with the second factor. An account has ${MAX_PAYMENT_ACCOUNTS} at most.`,
  caller: 'account',
  body: z.strictObject({ method: PaymentMethod, label: Label, fields: Fields, ...stepUp }),
  success: { 201: PaymentAccount },
  problems: ['second_factor_required', 'wrong_second_factor', 'too_many_open', 'too_many_requests'],
});

export const listPaymentAccounts = operation({
  name: 'listPaymentAccounts',
  route: 'GET /me/payment-accounts',
  summary: "The caller's payment accounts, newest first.",
  caller: 'account',
  success: { 200: listOf(PaymentAccount) },
  problems: [],
});

export const updatePaymentAccount = operation({
  name: 'updatePaymentAccount',
  route: 'PATCH /me/payment-accounts/{paymentAccountId}',
  summary:
    'Change label or fields of a payment account, with the second factor. `version` is the one that was read, and `fields` has all of them.',
  caller: 'account',
  path: one,
  body: z.strictObject({
    version: z.int().min(1),
    label: Label.optional(),
    fields: Fields.optional(),
    ...stepUp,
  }),
  success: { 200: PaymentAccount },
  problems: [
    'not_found',
    'second_factor_required',
    'wrong_second_factor',
    'changed_since',
    'too_many_requests',
  ],
});

export const removePaymentAccount = operation({
  name: 'removePaymentAccount',
  route: 'DELETE /me/payment-accounts/{paymentAccountId}',
  summary: 'Remove a payment account, with the second factor. Trades that have started keep its details.',
  caller: 'account',
  path: one,
  body: z.strictObject(stepUp).optional(),
  success: { 204: null },
  problems: ['not_found', 'second_factor_required', 'wrong_second_factor', 'too_many_requests'],
});
