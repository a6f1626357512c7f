import { type Account, newAccount } from '#core/accounts/accounts.ts';
import type { AccountId, Ids, OfferId, TradeId, TransferId } from '#core/ids.ts';
import { type Transfer, userAccount } from '#core/ledger/ledger.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { Offer } from '#core/offers/offers.ts';
import { HOUR_MS, type Instant, later } from '#core/time.ts';
import type { Trade } from '#core/trades/trades.ts';
import { offerWith, tradeWith } from '#tests/helpers/entities.ts';

/** The worst case: one account, `busy`, has all offers, trades and transfers, and all offers are in one market. */
export type Crowd = { ids: Ids; now: Instant; busy: AccountId };

/**
 * The n-th offer of the busy account. Every second one follows the market. Prices differ, so that the index is in use.
 */
export const offerNumber = (n: number, { ids, now, busy }: Crowd): Offer =>
  offerWith({
    id: ids.next<OfferId>(),
    ownerId: busy,
    price:
      n % 2 === 0
        ? { kind: 'fixed', fiatPerXmr: asMinorUnits(15_000n + BigInt(n % 5_000)) }
        : { kind: 'market', marginBp: n % 2_000 },
    terms: 'SEPA instant is quickest. I answer within the hour.',
    createdAt: now,
    updatedAt: now,
  });

/** The n-th trade of the busy account, alternately as buyer and seller. Every fourth awaits its payment. */
export function tradeNumber(n: number, { ids, now, busy }: Crowd): Trade {
  const other = ids.next<AccountId>();
  const [buyerId, sellerId] = n % 2 === 0 ? [busy, other] : [other, busy];
  return tradeWith({
    id: ids.next<TradeId>(),
    offerId: ids.next<OfferId>(),
    buyerId,
    sellerId,
    state: n % 4 === 0 ? 'awaiting_payment' : 'completed',
    amountPiconero: asPiconero(2_000_000_000_000n),
    amountFiat: asMinorUnits(30_000n),
    holdId: ids.next<TransferId>(),
    paymentExpiresAt: later(now, 24 * HOUR_MS),
    createdAt: now,
    changedAt: now,
    version: 3,
  });
}

/** A transfer of the busy account, which alternately receives and pays. */
export function aTransfer({ ids, now, busy }: Crowd, n: number): Transfer {
  const other = userAccount(ids.next<AccountId>());
  const [debit, credit] = n % 2 === 0 ? [other, userAccount(busy)] : [userAccount(busy), other];
  const id = ids.next<TransferId>();
  const amountPiconero = asPiconero(2_000_000_000_000n);
  const times = { createdAt: now, settledAt: now };
  return {
    id,
    kind: 'trade',
    debit,
    credit,
    amountPiconero,
    status: 'posted',
    ...times,
    tradeId: ids.next(),
  };
}

/** The n-th user. The password's hash is a placeholder, because these users do not sign in. */
export const aUser = ({ ids, now }: Crowd, n: number): Account =>
  newAccount(
    ids,
    { username: `crowd-${n}` },
    `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'B'.repeat(43)}`,
    now,
  );
