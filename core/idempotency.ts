import type { AccountId } from './ids.ts';

/** The stored answer to an idempotency key. It is never deleted, and belongs to the effect of its request. */
export type Remembered = {
  accountId: AccountId;
  operation: string;
  key: string;
  /** Digest of the body without `code` and `passkey`. Another body under the same key is refused. */
  fingerprint: string;
  status: number;
  /** The response body in its wire form. */
  body: string;
};

/** Turns the result of a keyed use case into the row that its transaction must write. */
export type Remember<Result> = (result: Result) => Remembered;

/** The `call` of a keyed use case. */
export type KeyedCall<Result> = { remember: Remember<Result> };

export interface IdempotencyRows {
  find(of: Pick<Remembered, 'accountId' | 'operation' | 'key'>): Promise<Remembered | undefined>;
}
