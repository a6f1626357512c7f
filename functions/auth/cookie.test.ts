import { MAX_DEVICE_TOKENS } from '#core/accounts/throttle.ts';
import { isSite, refuseOtherSites } from '../http/origin.ts';
import { deviceCookie, deviceTokensIn, NO_REFRESH_COOKIE, refreshCookie, refreshTokenIn } from './cookie.ts';

const SITE = 'https://pupero.example';

test('hides the cookie from scripts and other sites, and keeps it only if asked', () => {
  expect(refreshCookie('t')).toBe('__Host-refresh=t; HttpOnly; Secure; SameSite=Strict; Path=/');
  expect(refreshCookie('t', 60)).toBe(`${refreshCookie('t')}; Max-Age=60`);
  expect(NO_REFRESH_COOKIE).toBe(refreshCookie('', 0));
  expect(refreshTokenIn({ '__Host-refresh': 't' })).toBe('t');
  expect(refreshTokenIn({ refresh: 't' })).toBeUndefined();
});

test('keeps the tokens of a device for 90 days, and ignores malformed ones', () => {
  const [token, other] = ['x'.repeat(43), 'y'.repeat(43)];
  expect(deviceCookie([token, other])).toBe(
    `__Host-device=${token}.${other}; HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age=7776000`,
  );
  const tokensIn = (value: string) => deviceTokensIn({ '__Host-device': value });
  expect(tokensIn(`${token}.${other}`)).toEqual([token, other]);
  for (const malformed of ['', 'x', '.', `${token}x`, `${'x'.repeat(42)}#`])
    expect(tokensIn(`${malformed}.${token}`)).toEqual([token]);
  expect(tokensIn(Array(100).fill(token).join('.'))).toHaveLength(MAX_DEVICE_TOKENS);
  expect(deviceTokensIn({})).toEqual([]);
});

test('accepts a request without an Origin, or with that of the site', () => {
  expect(() => refuseOtherSites(undefined, SITE)).not.toThrow();
  expect(() => refuseOtherSites(SITE, `${SITE}/`)).not.toThrow();
});

test.each([
  'null',
  '',
  'https://evil.example',
  'http://pupero.example',
  `${SITE}.evil.example`,
  `${SITE}:444`,
])('refuses a request of the page %j', (origin) =>
  expect(() => refuseOtherSites(origin, SITE)).toThrow('not_allowed'),
);

test('a site on localhost has two names, and no other site has', () => {
  const local = 'http://localhost:5000';
  expect(isSite('http://127.0.0.1:5000', local)).toBe(true);
  for (const other of ['http://127.0.0.1:8000', 'https://127.0.0.1:5000', 'http://localhost', 'null'])
    expect(isSite(other, local)).toBe(false);
  expect(isSite('http://127.0.0.1', 'http://pupero.example')).toBe(false);
});
