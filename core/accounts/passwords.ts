import type { Caller } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { type Account, foldedUsername } from './accounts.ts';
import type { AccountPorts, Passwords } from './ports.ts';

/** One form for one password, however a keyboard composes its letters. Spaces are kept. */
export const normalPassword = (password: string) => password.normalize('NFC');

/** Refuses common passwords and those that contain the username. There is no other rule of composition. */
export function refuseGuessable(passwords: Passwords, password: string, username: string) {
  const folded = normalPassword(password).toLowerCase();
  const guessable = passwords.isCommon(folded) || folded.includes(foldedUsername(username));
  return guessable ? refusal('password_too_common') : undefined;
}

/** The caller's account if the password is right, because an open page alone must not change the second factor. */
export async function accountByPassword(
  { accounts, passwords }: Pick<AccountPorts, 'accounts' | 'passwords'>,
  { accountId }: Caller,
  password: string,
): Promise<Account | undefined> {
  const account = await accounts.get(accountId);
  if (!account) return undefined;
  const fits = await passwords.inTurn(({ verify }) => verify(normalPassword(password), account.passwordHash));
  return fits ? account : undefined;
}
