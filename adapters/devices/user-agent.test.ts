import { deviceOf } from './user-agent.ts';

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'Chrome',
    'Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    'Safari',
    'iOS',
  ],
])('reads the browser and the system in %s', (userAgent, browser, system) =>
  expect(deviceOf(userAgent)).toEqual({ browser, system }),
);

test.each([undefined, '', '\u202egnp.exe/1.0 ', `${'x'.repeat(100_000)}/1`, '<script>/1 é'])(
  'names nothing else than visible ASCII of %j',
  (userAgent) => {
    for (const name of Object.values(deviceOf(userAgent)))
      expect(name === undefined || /^[\x20-\x7e]{1,40}$/.test(name)).toBe(true);
  },
);
