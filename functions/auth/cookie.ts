import { KNOWN_FOR_MS, MAX_DEVICE_TOKENS } from '#core/accounts/throttle.ts';
import { SECOND_MS } from '#core/time.ts';

/** `__Host-`: browsers accept it only over https or from localhost, and only for this host. */
const REFRESH = '__Host-refresh';
/** Recognises a browser that has signed in before. It grants no access. */
const DEVICE = '__Host-device';
const FORM = 'HttpOnly; Secure; SameSite=Strict; Path=/';

const cookie = (name: string, value: string, maxAgeSeconds?: number) =>
  `${name}=${value}; ${FORM}${maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`}`;

/** @param maxAgeSeconds without it the cookie ends with the browser */
export const refreshCookie = (token: string, maxAgeSeconds?: number) => cookie(REFRESH, token, maxAgeSeconds);

export const NO_REFRESH_COOKIE = refreshCookie('', 0);

export const refreshTokenIn = (cookies: Record<string, string>) => cookies[REFRESH];

export const deviceCookie = (tokens: readonly string[]) =>
  cookie(DEVICE, tokens.join('.'), KNOWN_FOR_MS / SECOND_MS);

/** The tokens of the device that are well-formed, at most as many as it gets. */
export const deviceTokensIn = (cookies: Record<string, string>): string[] =>
  (cookies[DEVICE] ?? '')
    .split('.')
    .filter((token) => /^[\w-]{43}$/.test(token))
    .slice(0, MAX_DEVICE_TOKENS);
