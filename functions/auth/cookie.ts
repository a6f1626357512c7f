import { KNOWN_FOR_MS } from '#core/accounts/throttle.ts';
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

export const deviceCookie = (token: string) => cookie(DEVICE, token, KNOWN_FOR_MS / SECOND_MS);

/** The device's token, if it is well-formed. */
export function deviceTokenIn(cookies: Record<string, string>): string | undefined {
  const token = cookies[DEVICE];
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
}
