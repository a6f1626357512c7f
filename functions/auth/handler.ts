import * as contract from '#contract/auth.ts';
import { getAuthHealth } from '#contract/system.ts';
import type { SignIn } from '#core/accounts/sign-in.ts';
import type { From } from '#core/accounts/throttle.ts';
import { accountUseCases } from '#core/accounts/use-cases.ts';
import { isRefusal, type Refusal } from '#core/refusal.ts';
import { DOOR, door } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { type Call, Reply, route } from '../http/route.ts';
import { deviceCookie, deviceTokenIn, NO_REFRESH_COOKIE, refreshCookie, refreshTokenIn } from './cookie.ts';
import { refuseOtherSites } from './origin.ts';
import { ACCOUNTS, accountPorts } from './ports.ts';

const config = await readConfig([...DOOR, ...ACCOUNTS, 'SITE_ORIGIN']);
const accounts = accountUseCases(accountPorts(config));

/** The refresh token goes into the cookie, and never into a body. */
const intoCookie = ({ signedIn, refreshToken, maxAgeSeconds, device }: SignIn) =>
  new Reply(signedIn, {
    cookies: [
      refreshCookie(refreshToken, maxAgeSeconds),
      ...(device === undefined ? [] : [deviceCookie(device)]),
    ],
  });

const signedInBy = (result: SignIn | Refusal) => (isRefusal(result) ? result : intoCookie(result));

const fromOf = ({ clientAddress, cookies }: Call): From => {
  const device = deviceTokenIn(cookies);
  return { address: clientAddress, ...(device !== undefined && { device }) };
};

/** The cookie of a request that the site itself sent. */
const ownCookie = ({ origin, cookies }: Call) => {
  refuseOtherSites(origin, config.SITE_ORIGIN);
  return refreshTokenIn(cookies);
};

export const handler = httpApi(
  [
    route(contract.registerAccount, async (input, _caller, call) =>
      signedInBy(await accounts.registerAccount(input, fromOf(call))),
    ),
    route(contract.logIn, async (input, _caller, call) => {
      const result = await accounts.logIn(input, fromOf(call));
      return 'signedIn' in result ? intoCookie(result) : result;
    }),
    route(contract.logInSecondFactor, async (input, _caller, call) =>
      signedInBy(await accounts.logInSecondFactor(input, fromOf(call))),
    ),
    route(contract.refreshSession, async (_input, _caller, call) =>
      signedInBy(await accounts.refreshSession(ownCookie(call))),
    ),
    route(contract.logOut, async (_input, _caller, call) => {
      await accounts.logOut(ownCookie(call));
      return new Reply(undefined, { cookies: [NO_REFRESH_COOKIE] });
    }),
    route(contract.getMe, (_input, caller) => accounts.getMe(caller)),
    route(contract.startTotp, accounts.startTotp),
    route(contract.confirmTotp, accounts.confirmTotp),
    route(contract.disableTotp, accounts.disableTotp),
    route(getAuthHealth, functionHealth('auth')),
  ],
  door(config),
);
