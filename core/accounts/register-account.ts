import type { Anyone } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { newAccount } from './accounts.ts';
import type { SignInCall } from './calls.ts';
import type { Language } from './limits.ts';
import { normalPassword, refuseGuessable } from './passwords.ts';
import type { AccountPorts } from './ports.ts';
import { isReserved } from './reserved-names.ts';
import { openSession } from './sign-in.ts';

/** Opens an account, and a session that ends with the browser. */
export const registerAccount =
  (ports: AccountPorts) =>
  async (
    { username, password, language }: { username: string; password: string; language?: Language },
    _caller: Anyone,
    call: SignInCall,
  ) => {
    const { accounts, passwords, throttle, ids, clock } = ports;
    const guessable = refuseGuessable(passwords, password, username);
    if (guessable) return guessable;
    if (isReserved(username)) return refusal('username_taken');
    return passwords.inTurn(async (hasher) => {
      const tooMany = await throttle.signUp(call);
      if (tooMany) return tooMany;
      const hash = await hasher.hash(normalPassword(password));
      const account = newAccount(ids, { username, language }, hash, clock.now());
      const taken = await accounts.add(account);
      if (taken) return refusal(taken);
      return openSession(ports, { account, remember: false, isFirst: true }, call);
    });
  };
