import type { Caller } from '#core/caller.ts';
import { viewOf } from './accounts.ts';
import { logOut, refreshSession } from './keep-session.ts';
import { type LogInPorts, logIn, logInSecondFactor } from './log-in.ts';
import { registerAccount } from './register-account.ts';
import { isOn } from './second-factor.ts';
import { confirmTotp, disableTotp, startTotp } from './totp.ts';

export type AccountPorts = LogInPorts;

/** Everything one does with one's own account, sessions and second factor. */
export const accountUseCases = (ports: AccountPorts) => ({
  registerAccount: registerAccount(ports),
  logIn: logIn(ports),
  logInSecondFactor: logInSecondFactor(ports),
  refreshSession: refreshSession(ports),
  logOut: logOut(ports),
  getMe: getMe(ports),
  startTotp: startTotp(ports),
  confirmTotp: confirmTotp(ports),
  disableTotp: disableTotp(ports),
});

/** The caller's own account. */
const getMe =
  ({ accounts, factors }: AccountPorts) =>
  async ({ accountId }: Caller) => {
    const [account, factor] = await Promise.all([accounts.get(accountId), factors.get(accountId)]);
    if (!account) throw new Error(`account ${accountId} has a session, but is not there`);
    return viewOf(account, isOn(factor));
  };
