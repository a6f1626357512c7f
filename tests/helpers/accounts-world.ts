import { randomBytes } from 'node:crypto';
import { generateSync } from 'otplib';
import { memoryAccounts } from '#adapters/memory/accounts.ts';
import { memorySecondFactors } from '#adapters/memory/second-factors.ts';
import { memoryChallenges, memorySessions } from '#adapters/memory/sessions.ts';
import { memoryBuckets, memoryKnownPlaces } from '#adapters/memory/sessions-throttle.ts';
import { aesGcm } from '#adapters/secrets/aes-gcm.ts';
import { randomSecrets as secrets } from '#adapters/secrets/random-secrets.ts';
import { ulids } from '#adapters/system/ids.ts';
import { otplibTotp as totp } from '#adapters/totp/otplib-totp.ts';
import type { SignInCall } from '#core/accounts/calls.ts';
import { confirmTotp } from '#core/accounts/confirm-totp.ts';
import { disableTotp } from '#core/accounts/disable-totp.ts';
import { getMe } from '#core/accounts/get-me.ts';
import { logIn } from '#core/accounts/log-in.ts';
import { logInSecondFactor } from '#core/accounts/log-in-second-factor.ts';
import { logOut } from '#core/accounts/log-out.ts';
import type { AccessTokenSigner, Hasher, Passwords } from '#core/accounts/ports.ts';
import { refreshSession } from '#core/accounts/refresh-session.ts';
import { registerAccount } from '#core/accounts/register-account.ts';
import { stepUp } from '#core/accounts/second-factor.ts';
import type { SignIn } from '#core/accounts/sign-in.ts';
import { startTotp } from '#core/accounts/start-totp.ts';
import { signInThrottle } from '#core/accounts/throttle.ts';
import type { Caller } from '#core/caller.ts';
import { isRefusal, type RefusalCode } from '#core/refusal.ts';
import { asInstant, later, MINUTE_MS } from '#core/time.ts';

export const HOME: SignInCall = { clientAddress: '198.51.100.7' };
export const PASSWORD = 'correct horse battery';

/** Hashes without effort. `verified` lists the hashes that passwords were compared with. */
function plainPasswords() {
  const verified: string[] = [];
  const hasher: Hasher = {
    hash: async (password) => `new:${password}`,
    async verify(password, hash) {
      verified.push(hash);
      return hash.slice(4) === password;
    },
  };
  const passwords: Passwords = {
    inTurn: (work) => work(hasher),
    isOutdated: (hash) => hash.startsWith('old:'),
    dummyHash: 'new:\u0000',
    isCommon: (folded) => folded === 'password123',
  };
  return { passwords, verified };
}

const accessTokens: AccessTokenSigner = {
  sign: async (caller, id, now) => ({
    accessToken: `${caller.sessionId} ${id}`,
    accessTokenExpiresAt: later(now, 15 * MINUTE_MS),
  }),
};

/** The result of a use case, which must be no refusal. */
export function granted<T>(result: T): Exclude<T, { refused: RefusalCode }> {
  if (isRefusal(result)) throw new Error(`refused: ${result.refused}`);
  return result as Exclude<T, { refused: RefusalCode }>;
}

/** The use cases of accounts over fakes, with a clock of their own. Those that anyone may call take no caller. */
export function accountsWorld() {
  let now = asInstant(1_700_000_010_000);
  const clock = { now: () => now };
  const buckets = memoryBuckets();
  const { passwords, verified } = plainPasswords();
  const ports = {
    accounts: memoryAccounts(),
    sessions: memorySessions(),
    challenges: memoryChallenges(),
    factors: memorySecondFactors(),
    codeBuckets: buckets,
    totp,
    secrets,
    passwords,
    accessTokens,
    cipher: aesGcm(randomBytes(32)),
    throttle: signInThrottle({ buckets, knownPlaces: memoryKnownPlaces(), secrets, clock }),
    clock,
    ids: ulids(clock),
  };
  const withoutCaller =
    <Input, Call, Result>(useCase: (input: Input, caller: undefined, call: Call) => Result) =>
    (input: Input, call: Call) =>
      useCase(input, undefined, call);
  const accounts = {
    registerAccount: withoutCaller(registerAccount(ports)),
    logIn: withoutCaller(logIn(ports)),
    logInSecondFactor: withoutCaller(logInSecondFactor(ports)),
    refreshSession: (refreshToken?: string) => refreshSession(ports)({}, undefined, { refreshToken }),
    logOut: (refreshToken?: string) => logOut(ports)({}, undefined, { refreshToken }),
    getMe: (caller: Caller) => getMe(ports)({}, caller),
    startTotp: startTotp(ports),
    confirmTotp: confirmTotp(ports),
    disableTotp: disableTotp(ports),
    stepUp: stepUp(ports),
  };
  const register = async (username: string, password = PASSWORD) =>
    granted(await accounts.registerAccount({ username, password }, HOME));
  const callerOf = ({ signedIn, refreshToken }: SignIn) => ({
    accountId: signedIn.account.id,
    sessionId: refreshToken.split('.')[0] as never,
  });
  return {
    ...accounts,
    ports,
    verified,
    clock,
    register,
    callerOf,
    /** @param ms milliseconds */
    pass(ms: number) {
      now = later(now, ms);
    },
    codeOf: (secret: string, stepsFromNow = 0) =>
      generateSync({ secret, epoch: Math.floor(now / 1000) + 30 * stepsFromNow }),
    /** An account whose second factor was confirmed with the code of the previous time step. */
    async registerWithTotp(username: string) {
      const caller = callerOf(await register(username));
      const { secret } = granted(await accounts.startTotp({ password: PASSWORD }, caller));
      const epoch = Math.floor(now / 1000) - 30;
      const code = generateSync({ secret, epoch });
      const { recoveryCodes } = granted(await accounts.confirmTotp({ code }, caller));
      return { caller, secret, recoveryCodes };
    },
    /** Logs in up to the second factor. */
    async challenge(login: string, from = HOME) {
      const result = granted(await accounts.logIn({ login, password: PASSWORD }, from));
      if (!('challengeToken' in result)) throw new Error('no second factor was asked for');
      return result.challengeToken;
    },
  };
}
