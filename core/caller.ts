import type { AccountId, SessionId } from './ids.ts';

/** The account and session of a request. It is made only from a verified access token. */
export type Caller = { readonly accountId: AccountId; readonly sessionId: SessionId };

/** The caller of an operation that anyone may call: absent, because there is no access token. */
export type Anyone = undefined;

/** An account as others see it. */
export type Person = { username: string; displayName?: string; tradesCompleted: number };
