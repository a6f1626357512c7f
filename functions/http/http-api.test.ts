import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { memoryBuckets } from '#adapters/memory/sessions-throttle.ts';
import { operation } from '#contract/operation.ts';
import { listOf, paging, Xmr } from '#contract/wire.ts';
import { PasswordsBusy } from '#core/accounts/ports.ts';
import { MEMBER, type Standing } from '#core/accounts/standing.ts';
import type { Caller } from '#core/caller.ts';
import type { Remembered } from '#core/idempotency.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { refusal } from '#core/refusal.ts';
import { asInstant } from '#core/time.ts';
import { clientAddresses } from './client-address.ts';
import { cursors } from './cursor.ts';
import { httpApi } from './http-api.ts';
import { Refused } from './refused.ts';
import { parseRequest } from './request.ts';
import { keyed } from './use-cases.ts';

const caller = { accountId: 'me', sessionId: 's' } as Caller;
/** The rights of the caller's session, which a test may change. */
let standing: Standing = MEMBER;
afterEach(() => {
  standing = MEMBER;
});
const dependencies = {
  authenticate: async (header: string | undefined) => {
    if (header !== 'Bearer good') throw new Refused('not_signed_in');
    return { caller, standing };
  },
  cursors: cursors(new Uint8Array(32)),
  clientAddress: clientAddresses(undefined),
  clock: { now: () => asInstant(1_000) },
};

const pay = operation({
  name: 'pay',
  route: 'POST /pay/{to}',
  summary: '',
  caller: 'account',
  keyed: true,
  rate: { burst: 5, everyMs: 3_000 },
  path: z.strictObject({ to: z.string() }),
  body: z.strictObject({ amountXmr: Xmr, code: z.string().optional() }),
  success: { 201: z.strictObject({ paidXmr: Xmr, times: z.int(), secret: z.string().optional() }) },
  problems: [],
});
const things = operation({
  name: 'things',
  route: 'GET /things',
  summary: '',
  caller: 'anyone',
  paged: true,
  query: z.strictObject({ kind: z.string().optional(), ...paging }),
  success: { 200: listOf(z.string()) },
  problems: [],
});
const busy = operation({
  name: 'busy',
  route: 'GET /busy',
  summary: '',
  caller: 'anyone',
  success: { 200: z.strictObject({ ok: z.boolean() }) },
  problems: [],
});
const limited = operation({
  name: 'limited',
  route: 'GET /limited',
  summary: '',
  caller: 'anyone',
  success: { 200: z.strictObject({ ok: z.boolean() }) },
  problems: ['too_many_requests'],
});
const broken = operation({
  name: 'broken',
  route: 'GET /broken',
  summary: '',
  caller: 'anyone',
  success: { 200: z.strictObject({ ok: z.boolean() }) },
  problems: [],
});
const start = operation({
  name: 'start',
  route: 'POST /start',
  summary: '',
  caller: 'account',
  refusedIfSuspended: true,
  success: { 204: null },
  problems: [],
});
const judge = operation({
  name: 'judge',
  route: 'POST /judge',
  summary: '',
  caller: 'account',
  role: 'moderator',
  success: { 204: null },
  problems: [],
});
/** A contract module, which exports more than operations. */
const contract = {
  pay,
  things,
  busy,
  limited,
  broken,
  start,
  judge,
  LIMIT: 5,
  Schema: Xmr,
  isGood: () => true,
};

/**
 * @param rows answers that an earlier version of the API has stored, by key
 * @param secret a field of the answer of `pay` that is not stored; absent once it is erased
 */
function anApi(rows = new Map<string, Remembered>(), secret: () => { secret?: string } = () => ({})) {
  let times = 0;
  const api = httpApi(
    contract,
    {
      pay: keyed(
        { find: async ({ key }) => rows.get(key) },
        async ({ to, amountXmr }, _caller, { remember }) => {
          if (to === 'nobody') return refusal('not_found');
          times += 1;
          const result = { paidXmr: amountXmr, times };
          const row = remember(result);
          if (rows.has(row.key)) return refusal('idempotency_key_reused');
          rows.set(row.key, row);
          return { ...result, ...secret() };
        },
        async ({ paidXmr }) =>
          paidXmr === undefined
            ? refusal('not_found')
            : { paidXmr: asPiconero(BigInt(Number(paidXmr) * 1e12)), times },
        async () => secret(),
      ),
      things: async ({ page }) => ({ items: [page.after?.at ?? 'first'], next: { at: 'second' } }),
      busy: async () => {
        throw new PasswordsBusy(7);
      },
      limited: async () => refusal('too_many_requests', { retryAfterSeconds: 93 }),
      start: async () => undefined,
      judge: async () => undefined,
      broken: async () => {
        throw new Error('a secret detail');
      },
    },
    { ...dependencies, buckets: memoryBuckets() },
  );
  return async (
    routeKey: string,
    request: {
      body?: unknown;
      base64?: boolean;
      headers?: object;
      query?: Record<string, string>;
      rawQuery?: string;
      to?: string;
    },
  ) => {
    const event = {
      routeKey,
      rawPath: '/',
      rawQueryString: request.rawQuery ?? new URLSearchParams(request.query).toString(),
      headers: {
        authorization: 'Bearer good',
        'content-type': 'application/json',
        'idempotency-key': 'k1',
        ...request.headers,
      },
      pathParameters: { to: request.to ?? 'alice' },
      queryStringParameters: request.query,
      body: typeof request.body === 'string' ? request.body : JSON.stringify(request.body),
      isBase64Encoded: request.base64 ?? false,
      requestContext: { http: { sourceIp: '127.0.0.1' } },
    } as unknown as APIGatewayProxyEventV2;
    const response = (await api(event, { awsRequestId: 'r1' } as never)) as APIGatewayProxyStructuredResultV2;
    return { ...response, json: JSON.parse(response.body ?? '{}') };
  };
}

const good = { body: { amountXmr: '1.50' } };

test('parses a request, runs the use case, and encodes its result', async () => {
  const answer = await anApi()('POST /pay/{to}', good);
  expect(answer).toMatchObject({ statusCode: 201, json: { paidXmr: '1.5', times: 1 } });
  expect(answer.headers).toMatchObject({
    'x-request-id': 'r1',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
});

test.each<[string, object, number, string]>([
  [
    'a body over 64 KiB',
    { body: 'x'.repeat(65 * 1024), headers: { authorization: '' } },
    413,
    'body_too_large',
  ],
  [
    'a body of another content type',
    { ...good, headers: { 'content-type': 'text/plain', authorization: '' } },
    415,
    'not_json',
  ],
  ['no token', { body: '{', headers: { authorization: '' } }, 401, 'not_signed_in'],
  ['a body that is no JSON', { body: '{' }, 400, 'invalid_json'],
  ['no key', { ...good, headers: { 'idempotency-key': '' } }, 400, 'idempotency_key_missing'],
  ['a key with a space', { ...good, headers: { 'idempotency-key': 'a b' } }, 400, 'idempotency_key_missing'],
  ['a refusal of the use case', { ...good, to: 'nobody' }, 404, 'not_found'],
])('refuses %s, in the order that the API promises', async (_, request, status, code) => {
  expect(await anApi()('POST /pay/{to}', request)).toMatchObject({
    statusCode: status,
    json: { status, code },
  });
});

test('names every failing path', async () => {
  const { json } = await anApi()('POST /pay/{to}', { body: { amountXmr: 1.5, extra: 1, code: 5 } });
  expect(json.code).toBe('invalid_request');
  expect(json.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'amountXmr',
    'code',
    'extra',
  ]);
});

test('names text that is not well-formed Unicode at any depth', async () => {
  const half = '"\\ud800"';
  const { json } = await anApi()('POST /pay/{to}', {
    body: `{"amountXmr":"1","code":${half},"x":[${half}]}`,
  });
  expect(json.code).toBe('invalid_request');
  expect(new Set(json.errors.map(({ path }: { path: string }) => path))).toEqual(
    new Set(['code', 'x', 'x.0']),
  );
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  expect(await anApi()('POST /pay/{to}', { body: deep })).toMatchObject({ statusCode: 400 });
});

test('refuses __proto__ at any depth, also where a schema would drop it', async () => {
  const labelled = operation({
    ...pay,
    body: z.strictObject({ labels: z.record(z.string(), z.string()), extra: z.object({}).optional() }),
  });
  const body = '{"labels":{"__proto__":"x","a":"b"},"extra":{"__proto__":{}},"__proto__":1}';
  const event = { body, headers: {}, pathParameters: { to: 'ann' } } as unknown as APIGatewayProxyEventV2;
  const refused = (() => {
    try {
      return parseRequest(event, labelled);
    } catch (error) {
      return (error as Refused).more.errors?.map(({ path }) => path);
    }
  })();
  expect(refused).toEqual(['labels.__proto__', 'extra.__proto__', '__proto__']);
});

const registration = (...password: number[]) =>
  Buffer.concat([
    Buffer.from('{"amountXmr":"1","code":"'),
    Buffer.from(password),
    Buffer.from('"}'),
  ]).toString('base64');

test('refuses bytes that are not UTF-8, and never replaces them', async () => {
  const send = (...bytes: number[]) =>
    anApi()('POST /pay/{to}', { body: registration(...bytes), base64: true });
  for (const bytes of [[0xff], [0xfe], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x98]])
    expect(await send(...bytes)).toMatchObject({ statusCode: 400, json: { code: 'invalid_json' } });
  expect(await send(0xc3, 0xa9)).toMatchObject({ statusCode: 201 });
  // U+FFFD is accepted here, because the bytes show that the client sent it.
  expect(await send(0xef, 0xbf, 0xbd)).toMatchObject({ statusCode: 201 });
});

test('refuses text in which a gateway has replaced bytes', async () => {
  const body = '{"amountXmr":"1","code":"\ufffd"}';
  expect((await anApi()('POST /pay/{to}', { body })).json.code).toBe('invalid_json');
});

test.each([
  ['application/json; charset=iso-8859-1', 415],
  ['application/json;charset=utf-16', 415],
  ['application/json; charset', 415],
  ['application/json; charset=', 415],
  ['application/json; charset=utf-8; charset=latin1', 415],
  ['application/json; charset=utf-8', 201],
  ['Application/JSON; Charset="UTF-8"', 201],
  ['application/json;', 201],
  ['application/json; version=1', 201],
])('answers a body of type %s with %d', async (type, status) => {
  const answer = await anApi()('POST /pay/{to}', { ...good, headers: { 'content-type': type } });
  expect(answer.statusCode).toBe(status);
  if (status === 415) expect(answer.json.code).toBe('not_json');
});

test.each(['kind=%ff', 'kind=%', 'kind=%c3', 'kind=%ed%a0%80', 'kind=a&kind=b', 'kind=&kind=b'])(
  'refuses the query %s',
  async (rawQuery) => {
    expect((await anApi()('GET /things', { rawQuery })).json.code).toBe('invalid_request');
  },
);

test('a 401 carries a challenge', async () => {
  const send = (authorization?: string) => anApi()('POST /pay/{to}', { ...good, headers: { authorization } });
  const challenge = async (authorization?: string) =>
    (await send(authorization)).headers?.['www-authenticate'];
  expect(await challenge()).toBe('Bearer realm="pupero"');
});

test('measures a body in base64 by its bytes', async () => {
  const send = (bytes: number) =>
    anApi()('POST /pay/{to}', { body: Buffer.alloc(bytes, 255).toString('base64'), base64: true });
  expect((await send(64 * 1024)).json.code).toBe('invalid_json');
  expect((await send(64 * 1024 + 1)).json.code).toBe('body_too_large');
});

test('gives the same key and body the same answer and one effect, one by one and at once', async () => {
  const send = anApi();
  const answers = [
    await send('POST /pay/{to}', good),
    ...(await Promise.all([1, 2, 3].map(() => send('POST /pay/{to}', good)))),
  ];
  for (const { statusCode, json } of answers) expect([statusCode, json.times]).toEqual([201, 1]);
  const withCode = { body: { amountXmr: '1.50', code: '123456' } };
  expect((await send('POST /pay/{to}', withCode)).json.times).toBe(1);
});

test.each([
  ['a missing field', { paidXmr: '1.5' }],
  ['an unknown field', { paidXmr: '1.5', times: 1, paidBy: 'me' }],
])('reads a stored answer with %s again, and repeats no effect', async (_, older) => {
  const rows = new Map<string, Remembered>();
  const send = anApi(rows);
  await send('POST /pay/{to}', good);
  rows.set('k1', { ...rows.get('k1')!, body: JSON.stringify(older) });
  for (const { statusCode, json } of [await send('POST /pay/{to}', good), await send('POST /pay/{to}', good)])
    expect([statusCode, json]).toEqual([201, { paidXmr: '1.5', times: 1 }]);
});

test('adds the fields that are not stored as they are now, until they are erased', async () => {
  const rows = new Map<string, Remembered>();
  const known: { secret?: string } = { secret: 'here' };
  const send = anApi(rows, () => known);
  const first = await send('POST /pay/{to}', good);
  expect(first.json).toEqual({ paidXmr: '1.5', times: 1, secret: 'here' });
  expect((await send('POST /pay/{to}', good)).json).toEqual(first.json);
  expect(rows.get('k1')!.body).not.toContain('here');
  delete known.secret;
  expect((await send('POST /pay/{to}', good)).json).toEqual({ paidXmr: '1.5', times: 1 });
});

test('answers with the refusal of a thing that can no longer be read, and repeats no effect', async () => {
  const rows = new Map<string, Remembered>();
  const send = anApi(rows);
  await send('POST /pay/{to}', good);
  rows.set('k1', { ...rows.get('k1')!, body: '{}' });
  expect(await send('POST /pay/{to}', good)).toMatchObject({ statusCode: 404, json: { code: 'not_found' } });
  const fresh = { ...good, headers: { 'idempotency-key': 'k2' } };
  expect((await send('POST /pay/{to}', fresh)).json.times).toBe(2);
});

test('refuses another body under a used key', async () => {
  const send = anApi();
  await send('POST /pay/{to}', good);
  const other = await send('POST /pay/{to}', { body: { amountXmr: '2' } });
  expect(other).toMatchObject({ statusCode: 422, json: { code: 'idempotency_key_reused' } });
});

test('accepts a cursor of the same list with the same filters, and no other', async () => {
  const send = anApi();
  const { json } = await send('GET /things', { query: { kind: 'a' } });
  const cursor = json.nextCursor;
  expect((await send('GET /things', { query: { kind: 'a', cursor } })).json.items).toEqual(['second']);
  for (const query of [
    { kind: 'b', cursor },
    ...[`${cursor}x`, `${cursor}!`, `${cursor}.x`, ` ${cursor}`, `${cursor}=`, cursor.slice(0, -1)].map(
      (spelling) => ({ kind: 'a', cursor: spelling }),
    ),
    { kind: 'a', cursor: 'e30.e30' },
  ]) {
    expect((await send('GET /things', { query })).json.code).toBe('invalid_cursor');
  }
});

test.each<Record<string, string>>([
  { limit: '0' },
  { limit: '101' },
  { limit: '1.5' },
  { limit: 'x' },
  { unknown: '1' },
])('refuses %j as the query of a list', async (query) => {
  expect((await anApi()('GET /things', { query })).json.code).toBe('invalid_request');
});

test('answers an unexpected error with its request id and nothing else', async () => {
  const { statusCode, body, json } = await anApi()('GET /broken', {});
  expect(statusCode).toBe(500);
  expect(json).toMatchObject({ code: 'internal', requestId: 'r1' });
  expect(body).not.toContain('secret');
});

test.each([
  ['GET /busy', 503, 'dependency_unavailable', '7'],
  ['GET /limited', 429, 'too_many_requests', '93'],
])('answers %s with Retry-After, in the header alone', async (routeKey, statusCode, code, seconds) => {
  const answer = await anApi()(routeKey, {});
  expect(answer).toMatchObject({ statusCode, headers: { 'retry-after': seconds }, json: { code } });
  expect(answer.json).not.toHaveProperty('retryAfterSeconds');
});

test('does not compile unless each operation has its use case, and no other', () => {
  const run = async () => ({ ok: true });
  const runForCaller = async (_input: unknown, _caller: Caller) => ({ ok: true });
  const calls = [
    // @ts-expect-error: the operation `limited` has no use case.
    () => httpApi({ busy, limited }, { busy: run }, dependencies),
    // @ts-expect-error: `others` is no operation.
    () => httpApi({ busy }, { busy: run, others: run }, dependencies),
    // @ts-expect-error: the result does not fit the operation.
    () => httpApi({ busy }, { busy: async () => ({ ok: 'yes' }) }, dependencies),
    // @ts-expect-error: a keyed operation needs rows for its answers.
    () => httpApi({ pay }, { pay: async () => refusal('not_found') }, dependencies),
    // @ts-expect-error: the operation `busy` has no caller.
    () => httpApi({ busy }, { busy: runForCaller }, dependencies),
  ];
  expect(calls).toHaveLength(5);
});

test('refuses operations of another role, and the start of something by a suspended account', async () => {
  const call = anApi();
  const statusOf = async (route: string, rights: Standing) => {
    standing = rights;
    const { statusCode, json } = await call(route, {});
    return json.code ? [statusCode, json.code] : statusCode;
  };
  const until = (at: number) => ({ suspended: { until: asInstant(at) } });
  expect(await statusOf('POST /start', MEMBER)).toBe(204);
  expect(await statusOf('POST /start', { role: 'member', suspended: {} })).toEqual([403, 'suspended']);
  expect(await statusOf('POST /start', { role: 'member', ...until(1_001) })).toEqual([403, 'suspended']);
  expect(await statusOf('POST /start', { role: 'member', ...until(1_000) })).toBe(204);
  expect(await statusOf('POST /judge', MEMBER)).toEqual([403, 'not_allowed']);
  for (const role of ['moderator', 'admin'] as const)
    expect(await statusOf('POST /judge', { role })).toBe(204);
  expect(await statusOf('POST /judge', { role: 'admin', suspended: {} })).toEqual([403, 'not_allowed']);
});

test('counts the requests of an account, but no replay, and says when one more is allowed', async () => {
  const send = anApi();
  const pay = (key: string) => send('POST /pay/{to}', { ...good, headers: { 'idempotency-key': key } });
  for (let n = 0; n < 10; n++) expect(await pay('same')).toMatchObject({ statusCode: 201 });
  for (const key of ['b', 'c', 'd', 'e']) expect(await pay(key)).toMatchObject({ statusCode: 201 });
  const over = await pay('f');
  expect(over).toMatchObject({ statusCode: 429, json: { code: 'too_many_requests' } });
  expect(over.headers).toMatchObject({ 'retry-after': '3' });
  expect(await pay('same')).toMatchObject({ statusCode: 201 });
});

test('tells the version of a thing, and ends with 304 what the client has already', async () => {
  const showing = operation({
    name: 'showing',
    route: 'GET /showing',
    summary: '',
    caller: 'account',
    versionedBy: ['version'],
    success: { 200: z.strictObject({ version: z.int(), text: z.string() }) },
    problems: [],
  });
  let version = 1;
  let read = 0;
  const api = httpApi(
    { showing },
    {
      showing: async (_input, _caller, { endIfKnown }) => {
        endIfKnown?.({ version });
        read += 1;
        return { version, text: 'long' };
      },
    },
    dependencies,
  );
  const get = async (etag?: string, authorization = 'Bearer good') => {
    const headers = { authorization, ...(etag && { 'if-none-match': etag }) };
    const event = {
      routeKey: 'GET /showing',
      rawPath: '/',
      rawQueryString: '',
      headers,
      requestContext: { http: {} },
    };
    const answer = await api(event as never, { awsRequestId: 'r1' } as never);
    return answer as APIGatewayProxyStructuredResultV2;
  };
  const etag = String((await get()).headers!.etag);
  expect(await get(etag)).toMatchObject({
    statusCode: 304,
    headers: { etag, 'x-request-id': expect.any(String) },
  });
  expect(await get(etag)).not.toHaveProperty('body');
  expect(read).toBe(1);
  expect(await get(etag, 'Bearer bad')).toMatchObject({ statusCode: 401 });
  version = 2;
  const next = await get(etag);
  expect(next).toMatchObject({ statusCode: 200, headers: { etag: expect.any(String) } });
  expect(next.headers!.etag).not.toBe(etag);
});
