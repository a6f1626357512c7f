import type { SecondFactor } from '../accounts/factors.ts';
import type { AccountView, sessionView } from '../accounts/views.ts';
import type { Person } from '../caller.ts';
import type { DepositView } from '../deposits/views.ts';
import type { reckon } from '../ledger/statement.ts';
import type { reportView } from '../moderation/views.ts';
import { formatFiat, type MinorUnits } from '../money/fiat.ts';
import type { Offer } from '../offers/offers.ts';
import type { Instant } from '../time.ts';
import type { TradeView } from '../trades/views.ts';
import type { WithdrawalView } from '../withdrawals/views.ts';

/** An own offer. Unlike an offer on the market it has no present price, because an export must not depend on the market. */
function ownOffer(offer: Offer) {
  const fiat = (amount: MinorUnits) => formatFiat(amount, offer.currency);
  const { price } = offer;
  return {
    id: offer.id,
    side: offer.side,
    currency: offer.currency,
    price:
      price.kind === 'fixed'
        ? { kind: price.kind, fiatPerXmr: fiat(price.fiatPerXmr) }
        : { kind: price.kind, marginBp: price.marginBp },
    minFiat: fiat(offer.minFiat),
    maxFiat: fiat(offer.maxFiat),
    methods: offer.methods,
    ...(offer.terms !== undefined && { terms: offer.terms }),
    paymentWindowMinutes: offer.paymentWindowMinutes,
    state: offer.state,
    version: offer.version,
    createdAt: offer.createdAt,
    updatedAt: offer.updatedAt,
  };
}

/** The second factor without its secret and the digests of its codes. */
const ownFactor = ({ confirmedAt, recoveryDigests }: SecondFactor) => ({
  ...(confirmedAt !== undefined && { onSince: confirmedAt }),
  recoveryCodesLeft: recoveryDigests.length,
});

/** One record of an export, as its owner sees the thing elsewhere. */
export type ExportedRecord =
  | { kind: 'account'; account: AccountView }
  | { kind: 'public_profile'; person: Person }
  | { kind: 'second_factor'; secondFactor: ReturnType<typeof ownFactor> }
  | { kind: 'session'; session: ReturnType<typeof sessionView> }
  /** A network or, without `network`, a device that is known at sign-ins. */
  | { kind: 'known_place'; network?: string; knownUntil: Instant }
  | { kind: 'offer'; offer: ReturnType<typeof ownOffer> }
  | { kind: 'trade'; trade: TradeView }
  | { kind: 'entry'; entry: ReturnType<typeof reckon>['entries'][number] }
  | { kind: 'deposit_address'; address: string }
  | { kind: 'deposit'; deposit: DepositView }
  | { kind: 'report'; report: ReturnType<typeof reportView> }
  | { kind: 'withdrawal'; withdrawal: WithdrawalView };

export const offerRecord = (offer: Offer): ExportedRecord => ({ kind: 'offer', offer: ownOffer(offer) });

export const secondFactorRecord = (factor: SecondFactor): ExportedRecord => ({
  kind: 'second_factor',
  secondFactor: ownFactor(factor),
});

export const knownPlaceRecord = (network: string | undefined, until: Instant): ExportedRecord => ({
  kind: 'known_place',
  ...(network !== undefined && { network }),
  knownUntil: until,
});
