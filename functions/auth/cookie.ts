/** `__Host-`: taken only over https (and from localhost), for this host alone. */
const NAME = '__Host-refresh';
const FORM = 'HttpOnly; Secure; SameSite=Strict; Path=/';

/** @param maxAgeSeconds without it the cookie goes when the browser closes */
export const refreshCookie = (token: string, maxAgeSeconds?: number) =>
  `${NAME}=${token}; ${FORM}${maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`}`;

export const NO_REFRESH_COOKIE = refreshCookie('', 0);

export const refreshTokenIn = (cookies: Record<string, string>) => cookies[NAME];
