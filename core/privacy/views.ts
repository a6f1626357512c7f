import type { SecondFactor } from '../accounts/factors.ts';
import type { PasskeyView } from '../accounts/passkeys.ts';
import type { AccountView, sessionView } from '../accounts/views.ts';
import type { Person } from '../caller.ts';
import type { DepositView } from '../deposits/views.ts';
import type { TradeId } from '../ids.ts';
import type { reckon } from '../ledger/statement.ts';
import type { reportView } from '../moderation/views.ts';
import type { ChosenNotice } from '../notices/kinds.ts';
import type { NoticeView } from '../notices/views.ts';
import { ownAccountsView } from '../offers/named-accounts.ts';
import type { Offer } from '../offers/offers.ts';
import { offerTerms } from '../offers/views.ts';
import type { PaymentAccountView } from '../payment-accounts/views.ts';
import type { ProfileView, ReviewView } from '../reputation/views.ts';
import type { MessageView } from '../talk/views.ts';
import type { Instant } from '../time.ts';
import type { TradeView } from '../trades/views.ts';
import type { WithdrawalView } from '../withdrawals/views.ts';

/** The second factor without its secret and the digests of its codes. */
const ownFactor = ({ confirmedAt, recoveryDigests }: SecondFactor) => ({
  ...(confirmedAt !== undefined && { onSince: confirmedAt }),
  recoveryCodesLeft: recoveryDigests.length,
});

/** One record of an export, as its owner sees the thing elsewhere. */
export type ExportedRecord =
  | { kind: 'account'; account: AccountView }
  | { kind: 'public_profile'; person: Person }
  | { kind: 'reputation'; profile: ProfileView }
  | { kind: 'second_factor'; secondFactor: ReturnType<typeof ownFactor> }
  | { kind: 'passkey'; passkey: PasskeyView }
  | { kind: 'session'; session: ReturnType<typeof sessionView> }
  /** A network or, without `network`, a device that is known at sign-ins. */
  | { kind: 'known_place'; network?: string; knownUntil: Instant }
  | { kind: 'payment_account'; paymentAccount: PaymentAccountView }
  /** Without its present price, because an export must not depend on the market. */
  | { kind: 'offer'; offer: ReturnType<typeof offerTerms> & ReturnType<typeof ownAccountsView> }
  | { kind: 'trade'; trade: TradeView }
  /** Those that the caller has written. */
  | { kind: 'message'; tradeId: TradeId; message: MessageView }
  /** Those that the caller has written. */
  | { kind: 'review'; review: ReviewView }
  /** Those about the caller that are revealed. */
  | { kind: 'received_review'; review: ReviewView }
  | { kind: 'entry'; entry: ReturnType<typeof reckon>['entries'][number] }
  | { kind: 'deposit_address'; address: string }
  | { kind: 'deposit'; deposit: DepositView }
  | { kind: 'notice'; notice: NoticeView }
  | { kind: 'notice_settings'; settings: { email: ChosenNotice[]; browser: ChosenNotice[] } }
  | { kind: 'report'; report: ReturnType<typeof reportView> }
  | { kind: 'withdrawal'; withdrawal: WithdrawalView };

export const offerRecord = (offer: Offer): ExportedRecord => ({
  kind: 'offer',
  offer: { ...offerTerms(offer), ...ownAccountsView(offer) },
});

export const secondFactorRecord = (factor: SecondFactor): ExportedRecord => ({
  kind: 'second_factor',
  secondFactor: ownFactor(factor),
});

export const knownPlaceRecord = (network: string | undefined, until: Instant): ExportedRecord => ({
  kind: 'known_place',
  ...(network !== undefined && { network }),
  knownUntil: until,
});
