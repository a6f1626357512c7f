import { type PublicKey, publicKeysIn } from '#adapters/secrets/formats.ts';
import { reread } from '#adapters/secrets/reread.ts';
import { accessTokens, REPLACED_KEY_ACCEPTED_MS } from '#adapters/tokens/access-tokens.ts';
import type { Caller } from '#core/caller.ts';
import { asInstant, MINUTE_MS, SECOND_MS } from '#core/time.ts';
import { newDeploySecrets } from '#stage/deploy-secrets.ts';
import { type KeyName, type KeyStore, listKeys, rotateKeys } from './rotate-keys.ts';

const caller = { accountId: 'account', sessionId: 'session' } as Caller;

/** A store in memory with the keys of a new installation, and functions that read it like running ones. */
function anInstallation() {
  const texts = new Map<string, string>(Object.entries(newDeploySecrets()));
  let now = 1_000_000;
  let writesLeft = Number.POSITIVE_INFINITY;
  const clock = { now: () => asInstant(now) };
  const store: KeyStore = {
    read: async (name) => texts.get(name)!,
    write: async (name, text) => {
      if (writesLeft === 0) throw new Error('died');
      writesLeft -= 1;
      texts.set(name, text);
    },
  };
  const pass = (ms: number) => {
    now += ms;
  };
  const read = {
    publicKeys: async () => publicKeysIn(texts.get('ACCESS_TOKEN_PUBLIC_KEY')!)!,
    privateKey: async () => JSON.parse(texts.get('ACCESS_TOKEN_PRIVATE_KEY')!),
  };
  const aFunction = async () =>
    accessTokens(
      {
        publicKeys: reread(await read.publicKeys(), read.publicKeys, clock),
        privateKey: reread(await read.privateKey(), read.privateKey, clock),
      },
      clock,
    );
  return {
    store,
    clock,
    pass,
    aFunction,
    dieAfter: (writes: number) => {
      writesLeft = writes;
    },
    publicKeys: read.publicKeys,
    write: (name: KeyName, text: string) => void texts.set(name, text),
    rotate: (wait = async (ms: number) => pass(ms)) => rotateKeys({ store, clock, wait }),
    sign: async (tokens: Awaited<ReturnType<typeof aFunction>>) =>
      (await tokens.sign(caller, 'id', clock.now())).accessToken,
  };
}

const keyIdIn = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid;

test('an installation from before key ids goes on: its one key signs, and is the first of the set', async () => {
  const { store, rotate, aFunction, sign } = anInstallation();
  const [only] = await listKeys({ store });
  expect(only).toEqual({ keyId: expect.any(String), state: 'signs' });
  const tokens = await aFunction();
  expect(keyIdIn(await sign(tokens))).toBe(only!.keyId);
  const keyId = await rotate();
  expect(await listKeys({ store })).toEqual([
    { keyId: only!.keyId, state: 'accepted', until: expect.any(String) },
    { keyId, state: 'signs' },
  ]);
});

test('running functions accept old and new tokens all the time, and the signer changes within 30 s', async () => {
  const { rotate, pass, aFunction, sign } = anInstallation();
  const [signer, verifier] = [await aFunction(), await aFunction()];
  const kept: string[] = [];
  const accepted = async () => {
    kept.push(await sign(signer));
    const ofEachKey = new Map(kept.map((token) => [keyIdIn(token), token])).values();
    for (const token of ofEachKey) expect(await verifier.verify(token)).toEqual(caller);
  };
  for (let rotation = 0; rotation < 2; rotation += 1) {
    await accepted();
    const keyId = await rotate(async (ms) => {
      for (let second = 0; second < ms / SECOND_MS; second += 1) {
        pass(SECOND_MS);
        await accepted();
      }
    });
    for (let second = 0; second < 30; second += 1) {
      pass(SECOND_MS);
      await accepted();
    }
    expect(keyIdIn(kept.at(-1)!)).toBe(keyId);
  }
  expect(new Set(kept.map(keyIdIn)).size).toBe(3);
});

test('a verifier that read the keys for a forged key id before the publication accepts the new key', async () => {
  const { rotate, pass, aFunction, sign } = anInstallation();
  const verifier = await aFunction();
  const [head = '', ...rest] = (await sign(verifier)).split('.');
  const forgedHead = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(head, 'base64url').toString()), kid: 'forged' }),
  ).toString('base64url');
  const forged = [forgedHead, ...rest].join('.');
  pass(5 * SECOND_MS);
  expect(await verifier.verify(forged)).toBeUndefined();
  await rotate(async (ms) => {
    for (let second = 0; second < ms / SECOND_MS; second += 1) {
      expect(await verifier.verify(forged)).toBeUndefined();
      pass(SECOND_MS);
    }
  });
  expect(await verifier.verify(await sign(await aFunction()))).toEqual(caller);
});

test('the replaced key is accepted for 20 minutes, and then also a token that a thief signs with it is refused', async () => {
  const { rotate, pass, aFunction, sign, store, publicKeys } = anInstallation();
  const thief = accessTokens(
    {
      publicKeys: { current: publicKeys, newest: publicKeys },
      privateKey: await (async () => {
        const stolen = JSON.parse(await store.read('ACCESS_TOKEN_PRIVATE_KEY'));
        return { current: async () => stolen, newest: async () => stolen };
      })(),
    },
    anInstallation().clock,
  );
  const verifier = await aFunction();
  await rotate();
  expect(REPLACED_KEY_ACCEPTED_MS).toBe(20 * MINUTE_MS);
  pass(REPLACED_KEY_ACCEPTED_MS - 1);
  const { accessToken: before } = await thief.sign(caller, 'id', asInstant(1_000_000 + 19 * MINUTE_MS));
  expect(await verifier.verify(before)).toEqual(caller);
  pass(1);
  expect(await verifier.verify(before)).toBeUndefined();
  expect(await verifier.verify(await sign(await aFunction()))).toEqual(caller);
  await rotate();
  expect(await listKeys({ store })).toHaveLength(2);
});

test.each([0, 1, 2, 3])(
  'a rotation that dies after %d writes leaves every token valid, and the next one completes it',
  async (writes) => {
    const { rotate, pass, aFunction, sign, dieAfter, store } = anInstallation();
    const before = await aFunction();
    const old = await sign(before);
    dieAfter(writes);
    const first = rotate();
    if (writes < 3) await expect(first).rejects.toThrow('died');
    else await first;
    pass(5 * SECOND_MS);
    const after = await aFunction();
    for (const tokens of [before, after])
      for (const token of [old, await sign(before), await sign(after)])
        expect(await tokens.verify(token)).toEqual(caller);
    const unfinished = writes === 1 || writes === 2 ? 1 : 0;
    const endless = (await listKeys({ store })).filter(({ state }) => state === 'endless');
    expect(endless).toHaveLength(unfinished);
    dieAfter(Number.POSITIVE_INFINITY);
    const keyId = await rotate();
    const listed = await listKeys({ store });
    expect(listed.at(-1)).toEqual({ keyId, state: 'signs' });
    expect(listed.slice(0, -1).every(({ state }) => state === 'accepted')).toBe(true);
    expect(await before.verify(await sign(await aFunction()))).toEqual(caller);
  },
);

test('of two rotations at once, one stops before its key signs', async () => {
  const { rotate, aFunction, sign, store } = anInstallation();
  let second: Promise<string> | undefined;
  const first = rotate(async () => {
    second = rotate(async () => {});
    await second.catch(() => {});
  });
  const results = await Promise.allSettled([first, first.catch(() => second)]);
  expect(results[0]!.status).toBe('rejected');
  expect(results[1]!.status).toBe('fulfilled');
  const verifier = await aFunction();
  expect(await verifier.verify(await sign(await aFunction()))).toEqual(caller);
  expect((await listKeys({ store })).filter(({ state }) => state === 'signs')).toHaveLength(1);
});

test('malformed keys are left as they are', async () => {
  const { rotate, write, publicKeys } = anInstallation();
  const before: PublicKey[] = await publicKeys();
  write('ACCESS_TOKEN_PRIVATE_KEY', '{}');
  await expect(rotate()).rejects.toThrow('malformed');
  expect(await publicKeys()).toEqual(before);
});
