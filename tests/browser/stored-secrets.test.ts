import { signUp } from './steps.ts';
import { story, visitor } from './visitor.ts';

const STORY_MS = 60_000;

test(
  'keeps the access token in memory only, and no script can read a cookie',
  story('stored-secrets', async () => {
    const page = await visitor();
    const registered = page.waitForResponse((response) => response.url().endsWith('/api/auth/register'));
    await signUp(page, 'alice');
    const { accessToken } = await (await registered).json();
    const stored = await page.evaluate(async () => ({
      local: JSON.stringify(localStorage),
      tab: JSON.stringify(sessionStorage),
      cookies: document.cookie,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
    }));
    expect(accessToken.split('.')).toHaveLength(3);
    for (const part of accessToken.split('.')) expect(JSON.stringify(stored)).not.toContain(part);
    expect(stored).toMatchObject({ cookies: '', databases: 0, caches: 0 });
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name, httpOnly, secure, sameSite }) => [name, httpOnly, secure, sameSite])).toEqual(
      [
        ['__Host-refresh', true, true, 'Strict'],
        ['__Host-device', true, true, 'Strict'],
      ],
    );
  }),
  STORY_MS,
);
