import type { Caller } from '../caller.ts';
import { passkeyView } from './passkeys.ts';
import type { AccountPorts } from './ports.ts';

/** The caller's passkeys, newest first. There are never more than a page of them. */
export const listPasskeys =
  ({ factors }: Pick<AccountPorts, 'factors'>) =>
  async (_input: unknown, { accountId }: Caller) => ({
    items: ((await factors.get(accountId))?.passkeys ?? []).map(passkeyView).reverse(),
  });
