import { deviceOf } from '#adapters/devices/user-agent.ts';
import * as contract from '#contract/auth.ts';
import * as passkeys from '#contract/passkeys.ts';
import { addPasskey } from '#core/accounts/add-passkey.ts';
import type { RefreshCall, SignInCall } from '#core/accounts/calls.ts';
import { changeEmail } from '#core/accounts/change-email.ts';
import { changePassword } from '#core/accounts/change-password.ts';
import { confirmEmail } from '#core/accounts/confirm-email.ts';
import { confirmPasswordReset } from '#core/accounts/confirm-password-reset.ts';
import { confirmTotp } from '#core/accounts/confirm-totp.ts';
import { disableTotp } from '#core/accounts/disable-totp.ts';
import { endOtherSessions } from '#core/accounts/end-other-sessions.ts';
import { endSession } from '#core/accounts/end-session.ts';
import { getMe } from '#core/accounts/get-me.ts';
import { listPasskeys } from '#core/accounts/list-passkeys.ts';
import { listSessions } from '#core/accounts/list-sessions.ts';
import { logIn } from '#core/accounts/log-in.ts';
import { logInSecondFactor } from '#core/accounts/log-in-second-factor.ts';
import { logInWithPasskey } from '#core/accounts/log-in-with-passkey.ts';
import { logOut } from '#core/accounts/log-out.ts';
import { refreshSession } from '#core/accounts/refresh-session.ts';
import { registerAccount } from '#core/accounts/register-account.ts';
import { removePasskey } from '#core/accounts/remove-passkey.ts';
import { renamePasskey } from '#core/accounts/rename-passkey.ts';
import { renewRecoveryCodes } from '#core/accounts/renew-recovery-codes.ts';
import { requestPasswordReset } from '#core/accounts/request-password-reset.ts';
import type { SignIn } from '#core/accounts/sign-in.ts';
import { startPasskey } from '#core/accounts/start-passkey.ts';
import { startPasskeyLogIn } from '#core/accounts/start-passkey-log-in.ts';
import { startStepUp } from '#core/accounts/start-step-up.ts';
import { startTotp } from '#core/accounts/start-totp.ts';
import { updateMe } from '#core/accounts/update-me.ts';
import { HTTP_SETTINGS, httpDependencies } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { refuseOtherSites } from '../http/origin.ts';
import { type Call, Reply } from '../http/use-cases.ts';
import { deviceCookie, deviceTokensIn, NO_REFRESH_COOKIE, refreshCookie, refreshTokenIn } from './cookie.ts';
import { ACCOUNT_SETTINGS, accountPorts } from './ports.ts';

const config = await readConfig([...HTTP_SETTINGS, ...ACCOUNT_SETTINGS]);
const ports = accountPorts(config);

const signInCall = ({ clientAddress, cookies, userAgent }: Call): SignInCall => ({
  clientAddress,
  deviceTokens: deviceTokensIn(cookies),
  device: deviceOf(userAgent),
});

/** Refuses requests of other sites, because browsers send the refresh cookie with them as well. */
function refreshCall({ origin, cookies }: Call): RefreshCall {
  refuseOtherSites(origin, config.SITE_ORIGIN);
  return { refreshToken: refreshTokenIn(cookies) };
}

/** Moves the tokens of a sign-in into cookies, because no body may carry them. Other results stay as they are. */
function withCookies<Result extends object>(result: Result) {
  type Other = Exclude<Result, SignIn>;
  if (!('signedIn' in result)) return result as Other;
  const { signedIn, refreshToken, maxAgeSeconds, deviceTokens } = result as unknown as SignIn;
  const cookies = [refreshCookie(refreshToken, maxAgeSeconds)];
  if (deviceTokens) cookies.push(deviceCookie(deviceTokens));
  return new Reply(signedIn, { cookies });
}

export const handler = httpApi(
  { ...contract, ...passkeys },
  {
    registerAccount: async (input, caller, call) =>
      withCookies(await registerAccount(ports)(input, caller, signInCall(call))),
    logIn: async (input, caller, call) => withCookies(await logIn(ports)(input, caller, signInCall(call))),
    logInSecondFactor: async (input, caller, call) =>
      withCookies(await logInSecondFactor(ports)(input, caller, signInCall(call))),
    refreshSession: async (input, caller, call) =>
      withCookies(await refreshSession(ports)(input, caller, refreshCall(call))),
    logOut: async (input, caller, call) => {
      await logOut(ports)(input, caller, refreshCall(call));
      return new Reply(undefined, { cookies: [NO_REFRESH_COOKIE] });
    },
    requestPasswordReset: requestPasswordReset(ports),
    confirmPasswordReset: confirmPasswordReset(ports),
    getMe: getMe(ports),
    updateMe: updateMe(ports),
    changePassword: changePassword(ports),
    changeEmail: changeEmail(ports),
    confirmEmail: confirmEmail(ports),
    listSessions: listSessions(ports),
    endSession: endSession(ports),
    endOtherSessions: endOtherSessions(ports),
    startTotp: startTotp(ports),
    confirmTotp: confirmTotp(ports),
    disableTotp: disableTotp(ports),
    renewRecoveryCodes: renewRecoveryCodes(ports),
    startPasskey: startPasskey(ports),
    addPasskey: addPasskey(ports),
    listPasskeys: listPasskeys(ports),
    renamePasskey: renamePasskey(ports),
    removePasskey: removePasskey(ports),
    startStepUp: startStepUp(ports),
    startPasskeyLogIn: startPasskeyLogIn(ports),
    logInWithPasskey: async (input, caller, call) =>
      withCookies(await logInWithPasskey(ports)(input, caller, signInCall(call))),
    getAuthHealth: functionHealth('auth'),
  },
  httpDependencies(config),
);
