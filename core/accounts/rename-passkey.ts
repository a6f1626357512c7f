import type { Caller } from '../caller.ts';
import type { PasskeyId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import { passkeyView } from './passkeys.ts';
import type { AccountPorts } from './ports.ts';

/** Changes the name of a passkey. It needs no second factor, because the name protects nothing. */
export const renamePasskey =
  ({ factors }: AccountPorts) =>
  async ({ passkeyId, name }: { passkeyId: PasskeyId; name: string }, { accountId }: Caller) => {
    const refused = await factors.renamePasskey(accountId, passkeyId, name);
    if (refused) return refusal(refused);
    const renamed = (await factors.get(accountId))?.passkeys.find(({ id }) => id === passkeyId);
    return renamed ? passkeyView(renamed) : refusal('not_found');
  };
