import { LIMITS } from '#core/accounts/throttle.ts';
import { authenticator } from '#tests/helpers/authenticator.ts';
import { client } from '#tests/helpers/client.ts';
import { exchange } from '#tests/helpers/exchange.ts';
import { carefulPerson, personWithEmail, personWithPasskey } from '#tests/helpers/guarded-person.ts';
import { anAddress } from '#tests/helpers/mailbox.ts';
import { becomeStrangerTo, forgetOwnAddress } from '#tests/helpers/own-address.ts';
import { person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { wrongCode } from '#tests/helpers/totp.ts';

// The attacks that find out which accounts exist. docs/security.md lists all attacks.

const { siteUrl } = theSandbox();
const json = { 'content-type': 'application/json' };

// Many of these tests send mails and guess passwords from one address.
beforeEach(forgetOwnAddress);

describe('user enumeration', () => {
  /** Headers that differ between any two answers. The last one is of AWS's gateway. */
  const OWN = ['date', 'x-request-id', 'apigw-requestid'];
  async function answerTo(path: string, body: object) {
    const begun = performance.now();
    const {
      status,
      body: said,
      headers,
    } = await exchange('POST', path, {
      headers: json,
      body: JSON.stringify(body),
    });
    const ms = performance.now() - begun;
    const shown = [...headers].filter(([name]) => !OWN.includes(name));
    const { requestId: _, ...problem } = (said ?? {}) as Record<string, unknown>;
    return { ms, answer: { status, problem, headers: Object.fromEntries(shown) } };
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

  test('user enumeration by sign-in: an unknown user and a wrong password get the same answer and number of tries', async () => {
    const { username } = await person();
    await becomeStrangerTo(username);
    const logins = { known: username, unknown: `${username.slice(0, -1)}x` };
    const ms: Record<keyof typeof logins, number[]> = { known: [], unknown: [] };
    const wrong = (login: string) => answerTo('/auth/login', { login, password: 'not it at all' });
    const statuses: number[] = [];
    while (statuses.at(-1) !== 429 && statuses.length < 2 * LIMITS.passwordsHere.burst) {
      // In turns, so that neither is always the first.
      const names =
        statuses.length % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
      const answers = [];
      for (const name of names) {
        const { answer, ms: duration } = await wrong(logins[name]);
        answers.push(answer);
        ms[name].push(duration);
      }
      const [one, other] = answers;
      statuses.push(one!.status);
      expect(other!.status).toBe(one!.status);
      // The seconds of Retry-After may differ by one.
      if (one!.status !== 429) expect(other).toEqual(one);
    }
    expect(statuses).toContain(429);
    expect(statuses.length).toBeGreaterThanOrEqual(LIMITS.passwordsHere.burst);
    // No assertion on times, because the machine is shared. core/accounts/log-in.test.ts counts the verified hashes.
    console.info(
      `median of ${ms.known.length} answers: wrong password ${median(ms.known).toFixed(1)} ms, ` +
        `unknown user ${median(ms.unknown).toFixed(1)} ms`,
    );
  });

  test('user enumeration by reset: an unknown address gets the same answer and number of mails', async () => {
    const { email } = await personWithEmail();
    const unknown = anAddress();
    const statuses: number[] = [];
    while (statuses.at(-1) !== 429 && statuses.length < 10) {
      const [one, other] = [email, unknown].map((address) =>
        answerTo('/auth/password-reset', { email: address }),
      );
      const [{ answer: known }, { answer: same }] = [await one!, await other!];
      statuses.push(known.status);
      expect(same.status).toBe(known.status);
      if (known.status !== 429) expect(same).toEqual(known);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  test('user enumeration by second factor: an unknown challenge and a wrong code get the same answer', async () => {
    const { secret, challenge } = await carefulPerson();
    const { challengeToken } = await challenge();
    const code = wrongCode(secret);
    const unknown = `${challengeToken.slice(0, -1)}${challengeToken.endsWith('A') ? 'B' : 'A'}`;
    const known = await answerTo('/auth/login/second-factor', { challengeToken, code });
    const other = await answerTo('/auth/login/second-factor', { challengeToken: unknown, code });
    expect(other.answer).toEqual(known.answer);
    expect(known.answer).toMatchObject({ status: 401, problem: { code: 'wrong_code' } });
  });

  test('user enumeration by passkey: an unknown account and a wrong signature get the same answer', async () => {
    const { someone } = await personWithPasskey();
    const { id } = await someone.getMe();
    const answers = [];
    for (const handle of [id, 'nobody']) {
      const userHandle = Buffer.from(handle).toString('base64url');
      const response = authenticator(siteUrl).answer(await client().startPasskeyLogIn(), { userHandle });
      answers.push((await answerTo('/auth/passkey', { response })).answer);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 401, problem: { code: 'wrong_code' } });
  });
});
