/** Ids are opaque and sort by the time of their creation. The type keeps ids of different things apart. */
type Id<Kind extends string> = string & { readonly kind: Kind };

export type AccountId = Id<'account'>;
export type SessionId = Id<'session'>;
export type ChallengeId = Id<'challenge'>;
export type MailTokenId = Id<'mailToken'>;
/** SHA-256 of the credential's id, because a credential's id may be longer than a key of the store. */
export type PasskeyId = Id<'passkey'>;
/** The challenge itself, which is random. */
export type PasskeyChallengeId = Id<'passkeyChallenge'>;
export type PaymentAccountId = Id<'paymentAccount'>;
export type OfferId = Id<'offer'>;
export type TradeId = Id<'trade'>;
/** Contains the id of its trade, so that a message is found by its id alone. Messages of a trade sort by time. */
export type MessageId = Id<'message'>;
export type AttachmentId = Id<'attachment'>;
export type TransferId = Id<'transfer'>;
export type WithdrawalId = Id<'withdrawal'>;
export type DepositId = Id<'deposit'>;
/** A digest of trade and role. Everybody reads it, so no trade follows from it. */
export type ReviewId = Id<'review'>;
export type ReportId = Id<'report'>;
export type AuditEntryId = Id<'auditEntry'>;
export type NoticeId = Id<'notice'>;

/** Makes a new id. It contains the time of the injected clock, so that ids sort by it. */
export interface Ids {
  next<T extends string>(): T;
}
