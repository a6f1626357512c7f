import { refusal } from '#core/refusal.ts';
import { newAccount } from './accounts.ts';
import { normalPassword, refuseGuessable } from './passwords.ts';
import type { Accounts, Passwords } from './ports.ts';
import { isReserved } from './reserved-names.ts';
import { openSession, type SignInPorts } from './sign-in.ts';
import type { From, SignInThrottle } from './throttle.ts';

export type RegisterPorts = SignInPorts & {
  accounts: Accounts;
  passwords: Passwords;
  throttle: SignInThrottle;
};

/** Opens an account, and a session that ends with the browser. */
export const registerAccount =
  (ports: RegisterPorts) =>
  async ({ username, password }: { username: string; password: string }, from: From) => {
    const { accounts, passwords, throttle, ids, clock } = ports;
    const guessable = refuseGuessable(passwords, password, username);
    if (guessable) return guessable;
    if (isReserved(username)) return refusal('username_taken');
    return passwords.inTurn(async (hasher) => {
      const tooMany = await throttle.signUp(from);
      if (tooMany) return tooMany;
      const hash = await hasher.hash(normalPassword(password));
      const account = newAccount(ids, username, hash, clock.now());
      const taken = await accounts.add(account);
      if (taken) return refusal(taken);
      const device = await throttle.knows(username, from);
      return { ...(await openSession(ports, account, false, false)), device };
    });
  };
