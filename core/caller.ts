import type { AccountId, SessionId } from './ids.ts';

/** Who asks: always an explicit argument of a use case, made only from a verified access token. */
export type Caller = { readonly accountId: AccountId; readonly sessionId: SessionId };

/** How one is seen by others. */
export type Person = { username: string; displayName?: string; tradesCompleted: number };
