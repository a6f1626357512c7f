import type { Caller } from '../caller.ts';
import type { PasskeyId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import { accountEvent, changed } from './accounts.ts';
import { asOwner, type OwnerProof, refusalOfSave } from './as-owner.ts';
import type { AccountPorts } from './ports.ts';
import { isTotpOn } from './second-factor.ts';

/**
 * Removes a passkey. It needs the password and a second factor of the account, which may be the passkey itself. The
 * recovery codes are removed with the last second factor.
 */
export const removePasskey =
  (ports: AccountPorts) =>
  async ({ passkeyId, ...given }: { passkeyId: PasskeyId } & OwnerProof, caller: Caller) => {
    const isThere = (await ports.factors.get(caller.accountId))?.passkeys.some(({ id }) => id === passkeyId);
    if (!isThere) return refusal('not_found');
    return asOwner(ports, caller, given, 'wrong_second_factor', async (account, proof, factor) => {
      const passkeys = factor?.passkeys ?? [];
      if (!proof || !passkeys.some(({ id }) => id === passkeyId)) return refusal('not_found');
      const next = changed(account, {});
      const isLast = passkeys.length === 1 && !isTotpOn(factor);
      return refusalOfSave(ports, {
        next,
        events: [accountEvent('passkey_removed', next, ports.clock.now())],
        factor: { kind: 'passkey_removed', proof, passkeyId, isLast },
      });
    });
  };
