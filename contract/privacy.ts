import * as z from 'zod';
import type { TradeId } from '#core/ids.ts';
import { Account, Proof, Session } from './auth.ts';
import { Deposit } from './deposits.ts';
import { Report } from './moderation.ts';
import { Notice, NoticeSettings } from './notices.ts';
import { MyOffer } from './offers.ts';
import { operation } from './operation.ts';
import { Passkey } from './passkeys.ts';
import { PaymentAccount } from './payment-accounts.ts';
import { Profile, Review } from './reputation.ts';
import { stepUp } from './second-factor.ts';
import { Message } from './talk.ts';
import { Trade } from './trades.ts';
import { Entry } from './wallet.ts';
import { At, id, listOf, longPaging, Person } from './wire.ts';
import { Withdrawal } from './withdrawals.ts';

const SecondFactor = z
  .strictObject({
    onSince: At.optional().meta({ description: 'Absent until the first code confirms it' }),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: 'SecondFactor' });

const record = <const K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

const ExportedRecord = z
  .discriminatedUnion('kind', [
    record('account', { account: Account }),
    record('public_profile', { person: Person }),
    record('reputation', { profile: Profile }),
    record('second_factor', { secondFactor: SecondFactor }),
    record('passkey', { passkey: Passkey }),
    record('session', { session: Session }),
    record('known_place', {
      network: z.string().optional().meta({ description: 'Absent for a known device' }),
      knownUntil: At,
    }),
    record('payment_account', { paymentAccount: PaymentAccount }),
    record('offer', {
      offer: MyOffer.omit({ owner: true, fiatPerXmr: true, listed: true, notListedBecause: true }),
    }),
    record('trade', { trade: Trade }),
    record('message', { tradeId: id<TradeId>('a trade'), message: Message }),
    record('review', { review: Review }),
    record('received_review', { review: Review }),
    record('entry', { entry: Entry }),
    record('deposit_address', { address: z.string() }),
    record('deposit', { deposit: Deposit }),
    record('notice', { notice: Notice }),
    record('notice_settings', { settings: NoticeSettings }),
    record('report', { report: Report }),
    record('withdrawal', { withdrawal: Withdrawal }),
  ])
  .meta({ id: 'ExportedRecord', description: 'A record, under the name of its kind' });

export const exportMe = operation({
  name: 'exportMe',
  route: 'GET /me/export',
  summary: 'Everything kept about the caller, without secrets: one record for each thing.',
  caller: 'account',
  paged: true,
  query: z.strictObject(longPaging),
  success: { 200: listOf(ExportedRecord) },
  problems: [],
});

export const deleteMe = operation({
  name: 'deleteMe',
  route: 'DELETE /me',
  summary: 'Delete the account for ever. Refused with every reason while it has open trades or XMR.',
  caller: 'account',
  body: z.strictObject({ password: Proof, ...stepUp }),
  success: { 204: null },
  problems: [
    'wrong_password',
    'second_factor_required',
    'wrong_second_factor',
    'account_not_empty',
    'too_many_requests',
  ],
});
