/** Ids are opaque, sort by the time they were made, and cannot be taken for one another. */
type Id<Kind extends string> = string & { readonly kind: Kind };

export type AccountId = Id<'account'>;
export type SessionId = Id<'session'>;
export type ChallengeId = Id<'challenge'>;
export type OfferId = Id<'offer'>;
export type TradeId = Id<'trade'>;
export type TransferId = Id<'transfer'>;
export type WithdrawalId = Id<'withdrawal'>;
export type DepositId = Id<'deposit'>;

/** Makes a new id; the time in it is `now`, so that ids sort as the injected clock says. */
export interface Ids {
  next<T extends string>(): T;
}
