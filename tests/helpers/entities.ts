import { ulids } from '#adapters/system/ids.ts';
import type { Account } from '#core/accounts/accounts.ts';
import type { Caller } from '#core/caller.ts';
import type { Deposit, DepositState, Seen } from '#core/deposits/deposits.ts';
import type { Remembered } from '#core/idempotency.ts';
import type { AccountId, DepositId, OfferId, TradeId, TransferId, WithdrawalId } from '#core/ids.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { Offer } from '#core/offers/offers.ts';
import { asInstant } from '#core/time.ts';
import type { Person } from '#core/trades/rules.ts';
import type { Trade } from '#core/trades/trades.ts';
import type {
  Broadcast,
  Internal,
  OnChainWithdrawal,
  WithdrawalState,
} from '#core/withdrawals/withdrawals.ts';

const ids = ulids({ now: () => asInstant(Date.now()) });

/** A new id. It sorts after all earlier ones, and is unique across the suites that share the tables. */
export const fresh = <T extends string>(): T => ids.next<T>();

/** Default time at which entities are created. */
const MADE = asInstant(1_000);

/** An account with a unique name by default. */
export const accountWith = (changes: Partial<Account> = {}): Account => ({
  id: fresh<AccountId>(),
  username: `Ann-${fresh()}`,
  language: 'en',
  passwordHash: 'hash-1',
  credentialsVersion: 1,
  createdAt: MADE,
  version: 1,
  ...changes,
});

/** An open offer to sell XMR at 150.00 EUR, for 10.00 to 1000.00 EUR. */
export const offerWith = (changes: Partial<Offer> = {}): Offer => ({
  id: fresh<OfferId>(),
  ownerId: fresh<AccountId>(),
  side: 'sell',
  currency: 'EUR',
  price: { kind: 'fixed', fiatPerXmr: asMinorUnits(15_000n) },
  minFiat: asMinorUnits(1_000n),
  maxFiat: asMinorUnits(100_000n),
  methods: ['sepa'],
  terms: 'be kind',
  paymentWindowMinutes: 30,
  state: 'open',
  version: 1,
  createdAt: MADE,
  updatedAt: MADE,
  ...changes,
});

/** A trade of 2 piconero that awaits its payment until the time 2,000 (ms). */
export const tradeWith = (changes: Partial<Trade> = {}): Trade => ({
  id: fresh<TradeId>(),
  offerId: fresh<OfferId>(),
  buyerId: fresh<AccountId>(),
  sellerId: fresh<AccountId>(),
  state: 'awaiting_payment',
  amountPiconero: asPiconero(2n),
  amountFiat: asMinorUnits(100n),
  currency: 'EUR',
  fiatPerXmr: asMinorUnits(15_000n),
  method: 'sepa',
  holdId: fresh<TransferId>(),
  paymentExpiresAt: asInstant(2_000),
  createdAt: MADE,
  changedAt: MADE,
  version: 1,
  ...changes,
});

/** A member at a trade, without the rights of a moderator. */
export const member = (accountId: AccountId): Person => ({ accountId, isModerator: false });

export type WithdrawalFields = Partial<Omit<Broadcast, 'state'>>;
export type WithdrawalIn<S extends WithdrawalState> = Extract<OnChainWithdrawal, { state: S }>;

const requested = (accountId: AccountId) => ({
  id: fresh<WithdrawalId>(),
  accountId,
  address: 'an address',
  amountPiconero: asPiconero(100n),
  feePiconero: asPiconero(20n),
  feeHeldPiconero: asPiconero(20n),
  amountTransferId: fresh<TransferId>(),
  attempt: 1,
  sentAt: MADE,
  requestedAt: MADE,
  changedAt: MADE,
  version: 1,
});

/** A withdrawal on the chain of 100 piconero and a fee of at most 20 piconero, `queued` by default. */
export const withdrawalWith = <S extends WithdrawalState = 'queued'>({
  state = 'queued' as S,
  accountId = fresh<AccountId>(),
  ...changes
}: { state?: S } & WithdrawalFields = {}): WithdrawalIn<S> =>
  ({
    ...requested(accountId),
    internal: false,
    state,
    feeTransferId: fresh<TransferId>(),
    ...changes,
  }) as unknown as WithdrawalIn<S>;

/** A payment of 100 piconero to another member. */
export const internalWith = (changes: Partial<Internal> = {}): Internal => ({
  ...requested(fresh<AccountId>()),
  internal: true,
  state: 'confirmed',
  ...changes,
});

/** The times that a deposit has in each state. */
const DEPOSIT_TIMES = {
  seen: {},
  credited: { creditedAt: asInstant(2_000) },
  dropped: { endedAt: asInstant(3_000) },
  reversed: { creditedAt: asInstant(2_000), endedAt: asInstant(3_000) },
};

/** A deposit of 7 piconero, seen in the pool by default. */
export const depositWith = <S extends DepositState = 'seen'>({
  state = 'seen' as S,
  ...changes
}: { state?: S } & Partial<Omit<Seen, 'state'>> = {}): Extract<Deposit, { state: S }> =>
  ({
    id: fresh<DepositId>(),
    accountId: fresh<AccountId>(),
    address: 'an address',
    amountPiconero: asPiconero(7n),
    txid: 'ab'.repeat(32),
    state,
    transferId: fresh<TransferId>(),
    seenAt: MADE,
    version: 1,
    ...DEPOSIT_TIMES[state],
    ...changes,
  }) as unknown as Extract<Deposit, { state: S }>;

/** The stored answer to a request with an idempotency key. */
export const rememberedFor = (accountId: AccountId, key: string = fresh()): Remembered => ({
  accountId,
  operation: 'test',
  key,
  fingerprint: 'f',
  status: 201,
  body: '{}',
});

/** The `call` of a request with an idempotency key, which is new by default. */
export function keyed({ accountId }: Pick<Caller, 'accountId'>, key?: string) {
  const row = rememberedFor(accountId, key);
  return { remember: () => row };
}
