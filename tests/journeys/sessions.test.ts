import { setTimeout as sleep } from 'node:timers/promises';
import { client } from '#tests/helpers/client.ts';
import { exchange } from '#tests/helpers/exchange.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';

/** A spent cookie still gets a successor for this long after a rotation, because two tabs may refresh at once. */
const GRACE_MS = 10_000;

test('a session goes on with a new cookie and a new access token', async () => {
  const { keys, refreshSession, getMe, username } = await person();
  const first = { ...keys };

  expect(await refreshSession()).toMatchObject({ status: 'signed_in', account: { username } });

  expect(keys.refreshCookie).not.toBe(first.refreshCookie);
  expect(await getMe()).toMatchObject({ username });
});

test('the cookies are such that no script reads them and no other site sends them', async () => {
  const { username, password } = await person();
  const signIn = (headers: Record<string, string> = {}) =>
    exchange('POST', '/auth/login', {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ login: username, password }),
    });
  const cookies = (await signIn()).headers.getSetCookie();
  expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-refresh', '__Host-device']);
  for (const cookie of cookies)
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
      expect(cookie).toContain(attribute);

  const device = cookies[1]!.split(';')[0]!;
  const again = (await signIn({ cookie: `theme=dark; ${device}` })).headers.getSetCookie();
  expect(again[1]).toContain(device);
});

test('two tabs that refresh at once both go on', async () => {
  const { keys } = await person();
  const tabs = [client({ ...keys }), client({ ...keys })];
  await Promise.all(tabs.map((tab) => tab.refreshSession()));
  for (const tab of tabs) await tab.getMe();
});

/** The emulator starts a process for each simultaneous call, so the last of many would start after GRACE_MS. */
const REFRESHES_AT_ONCE = theSandbox().gateway === 'deployed' ? 10 : 120;

test(`${REFRESHES_AT_ONCE} refreshes with one cookie at once all go on`, async () => {
  const { keys } = await person();
  const tabs = Array.from({ length: REFRESHES_AT_ONCE }, () => client({ ...keys }));
  await Promise.all(tabs.map((tab) => tab.refreshSession()));
  expect(new Set(tabs.map((tab) => tab.keys.refreshCookie)).size).toBe(REFRESHES_AT_ONCE);
  for (const tab of [tabs.at(0)!, tabs.at(-1)!]) await tab.getMe();
  await tabs.at(REFRESHES_AT_ONCE / 2)!.refreshSession();
});

test('a spent cookie that comes back later ends the whole session', async () => {
  const { keys, refreshSession, getMe } = await person();
  const thief = client({ ...keys });
  await refreshSession();
  await sleep(GRACE_MS + 1_000);

  await expectProblem(thief.refreshSession(), 401, 'session_ended');
  await expectProblem(refreshSession(), 401, 'session_ended');
  await expectProblem(getMe(), 401, 'not_signed_in');
}, 30_000);

test('who logs out can neither refresh nor use the access token', async () => {
  const { keys, logOut, getMe, getWallet } = await person();
  const before = client({ ...keys });

  await logOut();

  await expectProblem(before.refreshSession(), 401, 'session_ended');
  await expectProblem(getMe(), 401, 'not_signed_in');
  await expectProblem(getWallet(), 401, 'not_signed_in');
});

test('logging out of one session leaves another alone', async () => {
  const { username, password, logOut } = await person();
  const elsewhere = client();
  await elsewhere.logIn({ login: username, password, remember: true });
  await logOut();
  expect(await elsewhere.getMe()).toMatchObject({ username });
  await elsewhere.refreshSession();
});

test('no cookie, and a made-up one, are no session', async () => {
  await expectProblem(client().refreshSession(), 401, 'session_ended');
  const refreshCookie = `__Host-refresh=${'x'.repeat(43)}`;
  await expectProblem(client({ refreshCookie }).refreshSession(), 401, 'session_ended');
});

test('lists the sessions of one account, and ends one or all others at once', async () => {
  const { username, password, listSessions, endSession, endOtherSessions, getMe } = await person();
  const [phone, tablet] = [client(), client()];
  for (const device of [phone, tablet]) await device.logIn({ login: username, password });
  const { items } = await listSessions();
  expect(items.map(({ current }) => current)).toEqual([false, false, true]);
  const [tabletSession, phoneSession] = items;
  expect(tabletSession).toMatchObject({ remember: false, lastUsedAt: expect.any(String) });

  await endSession({ sessionId: phoneSession!.id });
  await expectProblem(phone.getWallet(), 401, 'not_signed_in');
  await expectProblem(phone.refreshSession(), 401, 'session_ended');
  await tablet.getMe();
  const stranger = await person();
  await expectProblem(stranger.endSession({ sessionId: tabletSession!.id }), 404, 'not_found');

  await endOtherSessions();
  await expectProblem(tablet.getWallet(), 401, 'not_signed_in');
  expect((await listSessions()).items).toHaveLength(1);
  await getMe();
});

test('a session names the browser that opened it', async () => {
  const { username, password, listSessions } = await person();
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  await exchange('POST', '/auth/login', {
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    body: JSON.stringify({ login: username, password }),
  });
  const [newest] = (await listSessions()).items;
  expect(newest).toMatchObject({ browser: 'Firefox', system: 'Linux' });
});

test('a change of the password stops the access tokens of all other sessions at once', async () => {
  const { username, password, changePassword, getWallet, refreshSession } = await person();
  const elsewhere = client();
  await elsewhere.logIn({ login: username, password, remember: true });
  const newPassword = `${password} again`;

  await expectProblem(changePassword({ currentPassword: 'wrong', newPassword }), 403, 'wrong_password');
  await changePassword({ currentPassword: password, newPassword });

  await expectProblem(elsewhere.getWallet(), 401, 'not_signed_in');
  await expectProblem(elsewhere.refreshSession(), 401, 'session_ended');
  await getWallet();
  await refreshSession();
  await expectProblem(client().logIn({ login: username, password }), 401, 'wrong_credentials');
  await client().logIn({ login: username, password: newPassword });
});
