import type { z } from 'zod';

/** The contract's bodies in their wire form: amounts and times are strings. */
export type Account = z.input<typeof import('#contract/auth.ts').Account>;
export type Session = z.input<typeof import('#contract/auth.ts').Session>;
export type SignedIn = z.input<typeof import('#contract/auth.ts').SignedIn>;
/** The answer to a right password of an account with a second factor. */
export type SignInChallenge = Extract<
  z.input<typeof import('#contract/auth.ts').logIn['success'][200]>,
  { status: 'second_factor_required' }
>;
/** The fields of a request that carry the second factor. */
export type GivenFactor = {
  code?: string;
  passkey?: z.input<typeof import('#contract/second-factor.ts').stepUp.passkey>;
};
/** The fields by which its owner proves a change of the account. */
export type OwnerProof = { password: string } & GivenFactor;
export type Passkey = z.input<typeof import('#contract/passkeys.ts').Passkey>;
export type PaymentAccount = z.input<typeof import('#contract/payment-accounts.ts').PaymentAccount>;
export type KnownPaymentMethod = z.input<
  typeof import('#contract/offers.ts').listPaymentMethods['success'][200]
>['items'][number];
export type Offer = z.input<typeof import('#contract/offers.ts').Offer>;
/** An offer as its owner sees it. */
export type MyOffer = z.input<typeof import('#contract/offers.ts').MyOffer>;
export type Rate = z.input<typeof import('#contract/offers.ts').Rate>;
export type RatePoint = z.input<
  typeof import('#contract/offers.ts').listRateHistory['success'][200]
>['items'][number];
export type Notice = z.input<typeof import('#contract/notices.ts').Notice>;
export type NoticeSettings = z.input<typeof import('#contract/notices.ts').NoticeSettings>;
export type Trade = z.input<typeof import('#contract/trades.ts').Trade>;
export type Profile = z.input<typeof import('#contract/reputation.ts').Profile>;
export type PublicReview = z.input<typeof import('#contract/reputation.ts').PublicReview>;
export type Message = z.input<typeof import('#contract/talk.ts').Message>;
export type Wallet = z.input<typeof import('#contract/wallet.ts').Wallet>;
export type Entry = z.input<typeof import('#contract/wallet.ts').Entry>;
export type Deposit = z.input<typeof import('#contract/deposits.ts').Deposit>;
export type Withdrawal = z.input<typeof import('#contract/withdrawals.ts').Withdrawal>;
export type Report = z.input<typeof import('#contract/moderation.ts').Report>;
export type QueuedReport = z.input<typeof import('#contract/moderation.ts').QueuedReport>;
export type Standing = z.input<typeof import('#contract/moderation.ts').Standing>;
export type AuditEntry = z.input<typeof import('#contract/moderation.ts').AuditEntry>;
export type Halts = z.input<typeof import('#contract/moderation.ts').Halts>;
export type Person = z.input<typeof import('#contract/wire.ts').Person>;
export type Network = Wallet['network'];
export type Side = Offer['side'];
