import type { Anyone } from '../caller.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { refusalOfSave } from './as-owner.ts';
import { endSessions } from './end-sessions.ts';
import { mailTokenOf } from './mailed-links.ts';
import { newPasswordChange } from './new-password.ts';
import type { AccountPorts } from './ports.ts';

/**
 * Sets a new password with the token of a mailed link, and ends all sessions. The second factor stays on, so the next
 * sign-in asks for it.
 *
 * If the process dies after the save, no session can be refreshed, and their access tokens expire within 15 minutes.
 */
export const confirmPasswordReset =
  (ports: AccountPorts) =>
  async ({ token: text, newPassword }: { token: string; newPassword: string }, _caller: Anyone) =>
    retryOnConflict<undefined | Refusal>('account of a reset link', async () => {
      const token = await mailTokenOf(ports, text, 'password_reset');
      const account = token && (await ports.accounts.get(token.accountId));
      if (!account || account.credentialsVersion !== token.credentialsVersion)
        return refusal('invalid_token');
      const change = await newPasswordChange(ports, account, newPassword);
      if (isRefusal(change)) return change;
      const refused = await refusalOfSave(ports, { ...change, usedToken: token.id });
      if (!refused) await endSessions(ports, account.id);
      return refused;
    });
