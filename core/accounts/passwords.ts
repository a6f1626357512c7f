import { refusal } from '../refusal.ts';
import { foldedUsername } from './accounts.ts';
import type { Passwords } from './ports.ts';

/** One form for one password, however a keyboard composes its letters. Spaces are kept. */
export const normalPassword = (password: string) => password.normalize('NFC');

/** Refuses common passwords and those that contain the username. There is no other rule of composition. */
export function refuseGuessable(passwords: Passwords, password: string, username: string) {
  const folded = normalPassword(password).toLowerCase();
  const guessable = passwords.isCommon(folded) || folded.includes(foldedUsername(username));
  return guessable ? refusal('password_too_common') : undefined;
}
