import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { exchange } from '#tests/helpers/exchange.ts';
import { person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { until } from '#tests/helpers/until.ts';

type Jwks = { keys: { kid: string; x: string }[] };

const keyIds = async (): Promise<string[]> => {
  const { body } = await exchange('GET', '/.well-known/jwks.json');
  return (body as Jwks).keys.map(({ kid }) => kid);
};

const headOf = (token = '') => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString());

/** Types `npm run keys`. @returns what it printed */
async function keys(action: 'list' | 'rotate'): Promise<string> {
  const { gateway, stage } = theSandbox();
  const where = gateway === 'offline' ? ['--file', process.env.SECRETS_FILE!] : ['--stage', stage];
  const { stdout } = await promisify(execFile)(process.execPath, ['deploy/keys.ts', action, ...where]);
  return stdout;
}

const REQUESTS_AT_ONCE = 4;

test('two rotations under load: no request is refused, and old and new tokens are accepted', async () => {
  const [early, ...others] = await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, person));
  const firstKey = headOf(early!.keys.accessToken).kid;
  expect(await keyIds()).toContain(firstKey);

  let isOver = false;
  let answered = 0;
  /** One goes on with its token, the others refresh and use new ones. A refusal rejects. */
  const load = [
    (async () => {
      for (; !isOver; answered += 1) await early!.getMe();
    })(),
    ...others.map(async ({ refreshSession, getWallet, listMyOffers }) => {
      for (; !isOver; answered += 3) {
        await refreshSession();
        await getWallet();
        await listMyOffers();
      }
    }),
  ];
  const rotations = (async () => {
    const signers = [firstKey];
    for (let rotation = 0; rotation < 2; rotation += 1) {
      const [keyId = ''] = (await keys('rotate')).split(' ');
      signers.push(keyId);
      await until(
        async () => others.map((one) => headOf(one.keys.accessToken).kid),
        (used) => used.every((kid) => kid === keyId),
        { withinMs: 60_000 },
      );
    }
    return signers;
  })();
  const signers = await Promise.race([rotations, Promise.all(load).then(() => rotations)]).finally(() => {
    isOver = true;
  });
  await Promise.all(load);

  expect(answered).toBeGreaterThan(0);
  expect(new Set(signers).size).toBe(3);
  expect(headOf(early!.keys.accessToken).kid).toBe(firstKey);
  await early!.getMe();
  expect(await keyIds()).toEqual(expect.arrayContaining(signers));
  expect(await keys('list')).toContain(`${signers[2]}  signs`);
}, 240_000);

test('the key set has public halves only', async () => {
  const { body } = await exchange('GET', '/.well-known/jwks.json');
  for (const key of (body as Jwks).keys)
    expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
});
