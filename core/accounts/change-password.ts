import type { Caller } from '../caller.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { GivenFactor } from '../step-up.ts';
import { asOwner, refusalOfSave } from './as-owner.ts';
import { endSessions } from './end-sessions.ts';
import { newPasswordChange } from './new-password.ts';
import type { AccountPorts } from './ports.ts';

/**
 * Changes the password and ends all other sessions.
 *
 * If the process dies after the save, the other sessions cannot be refreshed, and their access tokens expire within
 * 15 minutes.
 */
export const changePassword =
  (ports: AccountPorts) =>
  async (
    {
      currentPassword,
      newPassword,
      ...given
    }: { currentPassword: string; newPassword: string } & GivenFactor,
    caller: Caller,
  ) =>
    asOwner(
      ports,
      caller,
      { password: currentPassword, ...given },
      'wrong_password',
      async (account, proof): Promise<undefined | 'changed_since' | Refusal> => {
        const change = await newPasswordChange(ports, account, newPassword);
        if (isRefusal(change)) return change;
        const refused = await refusalOfSave(ports, {
          ...change,
          ...(proof && { factor: { kind: 'spent', proof } }),
        });
        if (refused) return refused;
        await ports.sessions.keep(caller, change.next.credentialsVersion);
        await endSessions(ports, account.id, caller.sessionId);
        return undefined;
      },
    );
