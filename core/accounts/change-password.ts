import type { Caller } from '../caller.ts';
import type { Refusal } from '../refusal.ts';
import { accountEvent, changed, endingSessions } from './accounts.ts';
import { asOwner, refusalOfSave } from './as-owner.ts';
import { endSessions } from './end-sessions.ts';
import { normalPassword, refuseGuessable } from './passwords.ts';
import type { AccountPorts } from './ports.ts';

/**
 * Changes the password and ends all other sessions.
 *
 * Dies after the save: the other sessions cannot be refreshed, and their access tokens expire within 15 minutes.
 */
export const changePassword =
  (ports: AccountPorts) =>
  async (
    { currentPassword, newPassword, code }: { currentPassword: string; newPassword: string; code?: string },
    caller: Caller,
  ) =>
    asOwner(
      ports,
      caller,
      { password: currentPassword, code },
      'wrong_password',
      async (account, proof): Promise<undefined | 'changed_since' | Refusal> => {
        const guessable = refuseGuessable(ports.passwords, newPassword, account.username);
        if (guessable) return guessable;
        const passwordHash = await ports.passwords.inTurn(({ hash }) => hash(normalPassword(newPassword)));
        const next = endingSessions(changed(account, { passwordHash }));
        const events = [accountEvent('password_changed', next, ports.clock.now())];
        const refused = await refusalOfSave(ports, {
          next,
          events,
          ...(proof && { factor: { kind: 'spent', proof } }),
        });
        if (refused) return refused;
        await ports.sessions.keep(caller, next.credentialsVersion);
        await endSessions(ports, next.id, caller.sessionId);
        return undefined;
      },
    );
