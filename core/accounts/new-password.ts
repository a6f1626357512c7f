import type { Refusal } from '../refusal.ts';
import { type Account, type AccountChange, accountEvent, changed, endingSessions } from './accounts.ts';
import { normalPassword, refuseGuessable } from './passwords.ts';
import type { AccountPorts } from './ports.ts';

/**
 * The change that sets a new password, after which earlier sessions cannot be refreshed.
 *
 * @returns a refusal of a guessable password
 */
export async function newPasswordChange(
  { passwords, clock }: Pick<AccountPorts, 'passwords' | 'clock'>,
  account: Account,
  newPassword: string,
): Promise<AccountChange | Refusal> {
  const guessable = refuseGuessable(passwords, newPassword, account.username);
  if (guessable) return guessable;
  const passwordHash = await passwords.inTurn(({ hash }) => hash(normalPassword(newPassword)));
  const next = endingSessions(changed(account, { passwordHash }));
  return { next, events: [accountEvent('password_changed', next, clock.now())] };
}
