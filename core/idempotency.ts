import type { AccountId } from './ids.ts';

/** An answer that was given for an idempotency key, kept for ever beside the effect it had. */
export type Remembered = {
  accountId: AccountId;
  operation: string;
  key: string;
  /** Digest of the body without `code`: another body under the same key is refused. */
  fingerprint: string;
  status: number;
  /** The response body as it went over the wire. */
  body: string;
};

/** Turns the result of a keyed use case into the row that must be written in the same transaction. */
export type Remember<Result> = (result: Result) => Remembered;

export interface IdempotencyRows {
  find(of: Pick<Remembered, 'accountId' | 'operation' | 'key'>): Promise<Remembered | undefined>;
}
