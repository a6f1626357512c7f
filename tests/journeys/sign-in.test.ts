import { client } from '#tests/helpers/client.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { person } from '#tests/helpers/person.ts';

test('who registers is signed in, and can sign in again', async () => {
  const { username, password, getMe } = await person();
  expect(await getMe()).toMatchObject({ username, totpEnabled: false });

  const elsewhere = client();
  const signedIn = await elsewhere.logIn({ login: username, password });
  expect(signedIn).toMatchObject({ status: 'signed_in', account: { username } });
  expect(await elsewhere.getMe()).toEqual(await getMe());
});

test('a username is given once, whatever its case', async () => {
  const { username, password } = await person();
  await expectProblem(client().registerAccount({ username, password }), 409, 'username_taken');
  const shouted = client().registerAccount({ username: username.toUpperCase(), password });
  await expectProblem(shouted, 409, 'username_taken');
});

test('of ten who want one username at once, one gets it', async () => {
  const username = `race-${Date.now().toString(36)}`;
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () =>
      client().registerAccount({ username, password: 'correct horse battery' }),
    ),
  );
  const taken = results.filter((result) => result.status === 'rejected');
  for (const { reason } of taken) await expectProblem(Promise.reject(reason), 409, 'username_taken');
  expect(taken).toHaveLength(9);
});

test('a password that everybody has, or that is the username, is refused', async () => {
  const username = `weak-${Date.now().toString(36)}`;
  for (const password of ['password123', username])
    await expectProblem(client().registerAccount({ username, password }), 422, 'password_too_common');
});

test.each([undefined, 'x'])('the access token %j signs nobody in', async (accessToken) => {
  await expectProblem(client({ accessToken }).getMe(), 401, 'not_signed_in');
});

test.each(['admin', 'Pupero-Support', 'sy5tem'])('nobody registers as %s', async (username) => {
  const asked = client().registerAccount({ username, password: 'correct horse battery' });
  await expectProblem(asked, 409, 'username_taken');
});
