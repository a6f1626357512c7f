import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { keyIdOf } from '#adapters/tokens/access-tokens.ts';
import { accessTokenKey } from '#tests/helpers/access-token-key.ts';
import { client } from '#tests/helpers/client.ts';
import { exchange } from '#tests/helpers/exchange.ts';
import { expectProblem, pathsOf } from '#tests/helpers/expect-problem.ts';
import { CONFIRM_EMAIL, personWithEmail, RESET_PASSWORD, withTotp } from '#tests/helpers/guarded-person.ts';
import { anAddress, mailTo, tokenIn } from '#tests/helpers/mailbox.ts';
import { forgetOwnAddress } from '#tests/helpers/own-address.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { rawRequest } from '#tests/helpers/raw-request.ts';
import { rowsOf, TABLES } from '#tests/helpers/rows.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';

// The attacks on accounts, each as a stranger or a thief would try it over HTTP. docs/security.md lists all attacks.

const { apiUrl, siteUrl, gateway } = theSandbox();
const json = { 'content-type': 'application/json' };

// Many of these tests send mails and guess passwords from one address.
beforeEach(forgetOwnAddress);

/** Sends a request as a browser with these cookies, and keeps the tokens of the answer. */
async function withCookies(cookie: string, path: string, body: object) {
  const answer = await exchange('POST', path, {
    headers: { ...json, cookie },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBeLessThan(300);
  const given = Object.fromEntries(
    answer.headers.getSetCookie().map((one) => one.split(';')[0]!.split('=') as [string, string]),
  );
  const { '__Host-refresh': refresh = '', '__Host-device': device = '' } = given;
  const { accessToken } = answer.body as { accessToken: string };
  return { refresh, device, keys: { accessToken, refreshCookie: `__Host-refresh=${refresh}` } };
}

describe('forged and foreign tokens', () => {
  const partsOf = (token = '') => token.split('.') as [string, string, string];
  const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const bearer = (accessToken: string) => client({ accessToken }).getMe();
  const now = () => Math.floor(Date.now() / 1000);

  /** The access token of somebody with other claims, signed by the real key. */
  async function signedAgain({ keys }: Person, claims: JWTPayload) {
    const key = await accessTokenKey();
    const kid = await keyIdOf(key as Parameters<typeof keyIdOf>[0]);
    return new SignJWT({ ...decoded(partsOf(keys.accessToken)[1]), ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .sign(await importJWK(key, 'EdDSA'));
  }

  test('alg=none: a token without a signature is refused', async () => {
    const { keys } = await person();
    const [head, claims, signature] = partsOf(keys.accessToken);
    for (const alg of ['none', 'None', 'NONE', ''])
      for (const end of ['', signature])
        await expectProblem(
          bearer(`${encoded({ ...decoded(head), alg })}.${claims}.${end}`),
          401,
          'not_signed_in',
        );
  });

  test('HS256: a token that is signed with the public key as its secret is refused', async () => {
    const { keys } = await person();
    const [, claims] = partsOf(keys.accessToken);
    const { body } = await exchange('GET', '/.well-known/jwks.json');
    const { kid, x } = (body as { keys: { kid: string; x: string }[] }).keys.at(-1)!;
    const secrets = [x, Buffer.from(x, 'base64url'), JSON.stringify(body)];
    for (const secret of secrets)
      for (const head of [{ kid }, {}]) {
        const signed = `${encoded({ alg: 'HS256', ...head })}.${claims}`;
        const signature = createHmac('sha256', secret).update(signed).digest('base64url');
        await expectProblem(bearer(`${signed}.${signature}`), 401, 'not_signed_in');
      }
  });

  test('forged key id: a token that names a key of its own choice is refused', async () => {
    const { keys } = await person();
    const [head, claims, signature] = partsOf(keys.accessToken);
    for (const kid of ['forged', '../../etc/passwd', '', '__proto__'])
      await expectProblem(
        bearer(`${encoded({ ...decoded(head), kid })}.${claims}.${signature}`),
        401,
        'not_signed_in',
      );
  });

  test('changed claims: a token with a changed byte is refused', async () => {
    const [thief, victim] = [await person(), await person()];
    const [head, claims, signature] = partsOf(thief.keys.accessToken);
    const { sub } = decoded(partsOf(victim.keys.accessToken)[1]);
    for (const token of [
      `${head}.${encoded({ ...decoded(claims), sub })}.${signature}`,
      `${head}.${claims}.${signature.split('').reverse().join('')}`,
      `${head}.${claims}`,
    ])
      await expectProblem(bearer(token), 401, 'not_signed_in');
  });

  test.each<[string, () => JWTPayload]>([
    ['another audience', () => ({ aud: 'pupero-reset' })],
    ['another issuer', () => ({ iss: 'https://evil.example' })],
    ['no session', () => ({ sid: undefined })],
    ['no end', () => ({ exp: undefined })],
    ['a beginning in the future', () => ({ nbf: now() + 600 })],
    ['an end that has passed (expired token)', () => ({ iat: now() - 1_800, exp: now() - 1 })],
  ])('a token with a valid signature and %s is refused', async (_, claims) => {
    const someone = await person();
    expect(await bearer(await signedAgain(someone, {}))).toEqual(await someone.getMe());
    await expectProblem(bearer(await signedAgain(someone, claims())), 401, 'not_signed_in');
  });

  test('a token with a valid signature for the session of another account is refused', async () => {
    const [one, other] = [await person(), await person()];
    const { sub } = decoded(partsOf(other.keys.accessToken)[1]);
    await expectProblem(bearer(await signedAgain(one, { sub })), 401, 'not_signed_in');
  });

  test('token confusion: a refresh, challenge, reset, e-mail or device token is good for nothing else', async () => {
    const { someone, recoveryCodes, challenge } = await withTotp(await personWithEmail());
    const { email, password, keys } = someone;
    const [code = '', other = ''] = recoveryCodes;
    const { challengeToken, logInSecondFactor } = await challenge();
    await client().requestPasswordReset({ email });
    const newEmail = anAddress();
    await someone.changeEmail({ email: newEmail, password, code });
    const signedIn = await withCookies('', '/auth/register', {
      username: `${someone.username}-2`,
      password,
    });
    const tokens = {
      access: keys.accessToken!,
      refresh: keys.refreshCookie!.split('=')[1]!,
      challenge: challengeToken,
      reset: tokenIn(await mailTo(email, RESET_PASSWORD)),
      email: tokenIn(await mailTo(newEmail, CONFIRM_EMAIL)),
      device: signedIn.device,
    };
    const uses: Record<string, (token: string) => Promise<unknown>> = {
      access: bearer,
      refresh: (token) => client({ refreshCookie: `__Host-refresh=${token}` }).refreshSession(),
      challenge: (token) => logInSecondFactor({ challengeToken: token, code: other }),
      email: (token) => someone.confirmEmail({ token }),
      // The last one, because it ends the sessions.
      reset: (token) => client().confirmPasswordReset({ token, newPassword: `${password} again` }),
    };
    const codes: string[] = [];
    for (const [kind, token] of Object.entries(tokens))
      for (const [use, send] of Object.entries(uses).filter(([name]) => name !== kind)) {
        const said = await send(token).then(
          () => `the ${kind} token worked as ${use} token`,
          ({ problem }) => problem.code,
        );
        codes.push(said);
      }
    // An access token is longer than the others may be.
    const refusals = ['invalid_request', 'invalid_token', 'not_signed_in', 'session_ended', 'wrong_code'];
    expect([...new Set(codes)].sort()).toEqual(refusals);
    for (const [use, send] of Object.entries(uses)) await send(tokens[use as keyof typeof tokens]);
  });
});

describe('sessions', () => {
  test('foreign Origin: a page of another site can neither refresh nor log out', async () => {
    const { keys, getMe } = await person();
    const { host } = new URL(siteUrl);
    const origins = [
      'https://evil.example',
      `http://${host}.evil.example`,
      `https://evil.example/${host}`,
      'http://localhost:1',
      'null',
    ];
    for (const path of ['/auth/refresh', '/auth/logout'])
      for (const origin of origins) {
        const answer = await exchange('POST', path, {
          headers: { origin, cookie: keys.refreshCookie ?? '' },
        });
        expect(answer).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
    await getMe();
  });

  test.each(['/auth/register', '/auth/login'])(
    'session fixation: cookies that were planted before %s do not join the session',
    async (path) => {
      const [thief, victim] = [await person(), await person()];
      const own = await withCookies('', '/auth/login', {
        login: thief.username,
        password: thief.password,
      });
      const planted = `__Host-refresh=${own.refresh}; __Host-device=${own.device}`;
      const { password } = victim;
      const username = path === '/auth/login' ? victim.username : `${victim.username}-2`;
      const body = path === '/auth/login' ? { login: username, password } : { username, password };

      const signedIn = await withCookies(planted, path, body);

      expect(await client(signedIn.keys).getMe()).toMatchObject({ username });
      expect(signedIn.refresh).not.toBe(own.refresh);
      // Another session, and another secret of it.
      const shared = signedIn.refresh.split('.').filter((part) => own.refresh.split('.').includes(part));
      expect(shared).toEqual([]);
      const fixed = client({ ...own.keys });
      await fixed.refreshSession();
      expect(await fixed.getMe()).toMatchObject({ username: thief.username });
    },
  );

  test('session fixation: a planted device cookie does not become one that the account trusts', async () => {
    const [thief, victim] = [await person(), await person()];
    const signIn = ({ username, password }: Person, cookie: string) =>
      withCookies(cookie, '/auth/login', { login: username, password });
    const { device: planted } = await signIn(thief, '');

    const { device } = await signIn(victim, `__Host-device=${planted}`);

    const [own = '', ...others] = device.split('.');
    expect(own).not.toBe(planted);
    // The browser keeps what it had, so that two people who share it stay known.
    expect(others).toEqual([planted]);
    expect((await signIn(thief, `__Host-device=${device}`)).device.split('.').sort()).toEqual(
      [own, planted].sort(),
    );
  });

  test('made-up cookies: a refresh token of the own choice is not taken over', async () => {
    const { username, password } = await person();
    const chosen = 'x'.repeat(43);
    const { refresh, device } = await withCookies(
      `__Host-refresh=${chosen}; __Host-device=chosen`,
      '/auth/login',
      { login: username, password },
    );
    for (const token of [refresh, device]) expect(token).not.toContain('chosen');
    expect(refresh).not.toContain(chosen);
  });
});

describe('mails', () => {
  test('Host header: a forged Host or X-Forwarded-Host does not reach the link of a reset', async () => {
    const { email } = await personWithEmail();
    const body = JSON.stringify({ email });
    if (gateway === 'offline') {
      const head = [
        'POST /auth/password-reset HTTP/1.1',
        'host: evil.example',
        `content-type: ${json['content-type']}`,
      ];
      const answer = await rawRequest(
        apiUrl,
        `${head.join('\r\n')}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      expect(answer.status).toBe(403);
    }
    const evil = 'evil.example';
    const forged = {
      'x-forwarded-host': evil,
      'x-forwarded-server': evil,
      'x-host': evil,
      'x-original-url': `https://${evil}/`,
      'x-forwarded-proto': 'javascript',
      forwarded: `host=${evil};proto=https`,
      referer: `https://${evil}/`,
    };
    const { status } = await exchange('POST', '/auth/password-reset', {
      headers: { ...json, ...forged },
      body,
    });
    expect(status).toBe(202);
    const { text, html } = await mailTo(email, RESET_PASSWORD);
    expect(text).toContain(`${siteUrl}/reset-password#`);
    expect(`${text}${html}`).not.toContain(evil);
  });

  test.each(['a\r\nBcc: eve@pupero.test', 'a\nb', 'a\rb', 'a\u0085b', 'a\u2028b', 'a\u0000b'])(
    'mail header injection: %j is refused as display name and as phrase',
    async (text) => {
      const { updateMe } = await person();
      for (const field of ['displayName', 'antiPhishingPhrase']) {
        const problem = await expectProblem(updateMe({ [field]: text }), 400, 'invalid_request');
        expect(pathsOf(problem)).toEqual([field]);
      }
    },
  );

  test('mail injection: a phrase that looks like a header or like HTML stays text of the body', async () => {
    const someone = await personWithEmail();
    const phrase = 'Bcc: eve@pupero.test <img src=x onerror=alert(1)>';
    await someone.updateMe({ antiPhishingPhrase: phrase });
    await client().requestPasswordReset({ email: someone.email });
    const { text, html, subject } = await mailTo(someone.email, RESET_PASSWORD);
    expect(text).toContain(phrase);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).not.toContain('<img');
    expect(subject).not.toContain('Bcc');
  });
});

describe('leaks', () => {
  /** Somebody with every kind of secret, who typed wrong ones as well. */
  async function secretsOfSomebody() {
    const { someone, secret, recoveryCodes, challenge } = await withTotp(await personWithEmail());
    const { username, password, email } = someone;
    await someone.withFunds('1');
    const [code = '', other = ''] = recoveryCodes;
    const wrongPassword = `${password} or not`;
    await expectProblem(
      client().logIn({ login: username, password: wrongPassword }),
      401,
      'wrong_credentials',
    );
    const { challengeToken, logInSecondFactor } = await challenge();
    const wrong = `wrong-${recoveryCodes[2]}`;
    await expectProblem(logInSecondFactor({ challengeToken, code: wrong }), 401, 'wrong_code');
    const address = await payee.newAddress();
    await someone.requestWithdrawal({ address, amountXmr: '0.1', code }, aKey());
    const newEmail = anAddress();
    await someone.changeEmail({ email: newEmail, password, code: other });
    await client().requestPasswordReset({ email });
    const links = [await mailTo(newEmail, CONFIRM_EMAIL), await mailTo(email, RESET_PASSWORD)];
    const { device } = await withCookies('', '/auth/register', { username: `${username}-2`, password });
    const tokens = [someone.keys.refreshCookie!, challengeToken, ...links.map(tokenIn)];
    return {
      address,
      addresses: [email, newEmail],
      // The ids of tokens are no secrets.
      secrets: [
        ...[password, wrongPassword, secret, wrong, device, someone.keys.accessToken!],
        ...tokens.flatMap((token) => token.split('.').filter((part) => /^[\w-]{43}$/.test(part))),
        ...recoveryCodes.flatMap((one) => [one, one.replaceAll('-', '')]),
      ],
    };
  }

  test('stolen tables: no password, token, code or TOTP secret can be read in them', async () => {
    const { secrets } = await secretsOfSomebody();
    expect(secrets).toHaveLength(6 + 5 + 20);
    for (const table of TABLES) {
      const rows = await rowsOf(table);
      for (const text of secrets)
        expect({ table, rows: rows.filter((row) => row.includes(text)) }).toEqual({ table, rows: [] });
    }
  });

  test('stolen logs: no password, token, code, e-mail or whole address of a withdrawal is in them', async () => {
    const { secrets, addresses, address } = await secretsOfSomebody();
    // The emulator of AWS shows no logs.
    if (gateway !== 'offline') return;
    const logs = join(dirname(theSandbox().mailbox), 'logs');
    const names = readdirSync(logs).filter((name) => name.endsWith('.log'));
    expect(names).toEqual(expect.arrayContaining(['functions.log', 'queue.log']));
    for (const name of names) {
      const text = readFileSync(join(logs, name), 'utf8');
      for (const word of [...secrets, ...addresses, address])
        expect({ name, lines: text.split('\n').filter((line) => line.includes(word)) }).toEqual({
          name,
          lines: [],
        });
    }
    expect(readFileSync(join(logs, 'functions.log'), 'utf8')).toContain('"operation":"requestWithdrawal"');
  });
});
