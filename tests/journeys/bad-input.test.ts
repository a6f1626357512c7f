import type { Problem } from '#contract/problems.ts';
import { exchange } from '#tests/helpers/exchange.ts';
import { pathsOf } from '#tests/helpers/expect-problem.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';

let someone: Person;
beforeAll(async () => {
  someone = await person();
});

const json = { 'content-type': 'application/json' };
const asSomeone = () => ({ ...json, authorization: `Bearer ${someone.keys.accessToken}` });

async function refused(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = asSomeone(),
) {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const answer = await exchange(method, path, { headers, body: text });
  const problem = answer.body as Problem;
  return { status: answer.status, code: problem.code, paths: pathsOf(problem), headers: answer.headers };
}

const offer = {
  side: 'sell',
  currency: 'EUR',
  price: { kind: 'fixed', fiatPerXmr: '100.00' },
  minFiat: '1.00',
  maxFiat: '100.00',
  methods: ['sepa'],
  paymentWindowMinutes: 60,
};

const wrongAmounts = [
  1.5,
  0,
  -1,
  null,
  true,
  ['1'],
  '',
  ' 1',
  '1 ',
  '1,5',
  '+1',
  '-1',
  '0',
  '0.0',
  '.5',
  '1.',
  '01',
  '1.0000000000001',
  '1e3',
  'NaN',
  'Infinity',
  '0x10',
  '18446744.073709551616',
  '9'.repeat(40),
];

test.each(wrongAmounts)('refuses %j as an amount of XMR, with the path of the field', async (amountXmr) => {
  const headers = { ...asSomeone(), 'idempotency-key': aKey().idempotencyKey };
  const wrong = { status: 400, code: 'invalid_request', paths: ['amountXmr'] };
  expect(await refused('POST', '/sandbox/faucet', { amountXmr }, headers)).toMatchObject(wrong);
  expect(await refused('POST', '/trades', { offerId: 'x', amountXmr }, headers)).toMatchObject(wrong);
  const withdrawal = { address: 'x', amountXmr };
  expect(await refused('POST', '/wallet/withdrawals/quote', withdrawal)).toMatchObject(wrong);
});

const wrongFiat = [100, -1, null, '', '-1.00', '1e3', 'NaN', '1.005', '1,00', '9'.repeat(13)];

test.each(wrongFiat)('refuses %j as an amount of fiat, with the path of the field', async (minFiat) => {
  expect(await refused('POST', '/offers', { ...offer, minFiat })).toMatchObject({
    status: 400,
    code: 'invalid_request',
    paths: ['minFiat'],
  });
});

test('names every wrong field, including unknown and nested ones', async () => {
  const body = {
    ...offer,
    side: 'both',
    price: { kind: 'fixed', fiatPerXmr: 100, margin: 1 },
    methods: ['sepa', 7],
    paymentWindowMinutes: 0.5,
    colour: 'red',
  };
  expect(await refused('POST', '/offers', body)).toMatchObject({
    status: 400,
    code: 'invalid_request',
    paths: ['colour', 'methods.1', 'paymentWindowMinutes', 'price.fiatPerXmr', 'price.margin', 'side'],
  });
});

test.each([
  [{}, ['password', 'username']],
  [{ username: 'a', password: 'short' }, ['password', 'username']],
  [{ username: 'no spaces', password: 'long enough' }, ['username']],
  [{ username: '__proto__', password: 'long enough' }, ['username']],
  [{ username: 'x'.repeat(31), password: 'x'.repeat(129) }, ['password', 'username']],
  [{ username: 'fine-name', password: 'long enough', admin: true }, ['admin']],
])('registering with %j is refused', async (body, paths) => {
  expect(await refused('POST', '/auth/register', body)).toMatchObject({ status: 400, paths });
});

test.each(['{', '{"a":', "{'a':1}", 'undefined', '"half'])(
  'refuses the body %s: it is no JSON',
  async (body) => {
    const refusal = { status: 400, code: 'invalid_json' };
    expect(await refused('POST', '/auth/login', body)).toMatchObject(refusal);
  },
);

test.each(['null', '[]', '"x"', '""', '7', '0', 'false'])(
  'refuses the body %s: it is JSON but no object',
  async (body) => {
    const refusal = { status: 400, code: 'invalid_request' };
    expect(await refused('POST', '/auth/login', body)).toMatchObject(refusal);
  },
);

test('refuses half a surrogate pair in a text', async () => {
  const refusal = { status: 400, code: 'invalid_request' };
  const half = '\ud800';
  expect(await refused('POST', '/auth/login', { login: half, password: half })).toMatchObject({
    ...refusal,
    paths: ['login', 'password'],
  });
  expect(await refused('POST', '/offers', { ...offer, terms: half })).toMatchObject({
    ...refusal,
    paths: ['terms'],
  });
});

test('refuses a missing body', async () => {
  expect(await refused('POST', '/auth/login')).toMatchObject({ status: 400, code: 'invalid_json' });
});

test('a trade needs exactly one of the two amounts', async () => {
  const headers = { ...asSomeone(), 'idempotency-key': aKey().idempotencyKey };
  for (const amounts of [{}, { amountXmr: '1', amountFiat: '1.00' }])
    expect(await refused('POST', '/trades', { offerId: 'x', ...amounts }, headers)).toMatchObject({
      status: 400,
      paths: ['amountFiat'],
    });
});

test('refuses a body over 64 KiB and accepts one of exactly 64 KiB', async () => {
  const sized = (bytes: number) => `{"login":"${'x'.repeat(bytes - 12)}"}`;
  expect(await refused('POST', '/auth/login', sized(64 * 1024 + 1))).toMatchObject({
    status: 413,
    code: 'body_too_large',
  });
  expect(await refused('POST', '/auth/login', sized(64 * 1024))).toMatchObject({ status: 400 });
});

test.each([
  ...['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', 'garbage', ';'],
  ...['application/json; charset=iso-8859-1', 'application/json; charset=utf-16'],
])('a body of %s is not JSON in UTF-8, whatever it says', async (type) => {
  const body = { login: 'a', password: 'b' };
  expect(await refused('POST', '/auth/login', body, { 'content-type': type })).toMatchObject({
    status: 415,
    code: 'not_json',
  });
});

test('refuses a body without a content type', async () => {
  const body = new TextEncoder().encode('{"login":"a","password":"b"}');
  const { status, headers } = await fetch(`${theSandbox().apiUrl}/auth/login`, { method: 'POST', body });
  expect(status).toBe(415);
  expect(headers.get('x-request-id')).toBeTruthy();
});

test('checks the form of the body before the caller, and the caller before the content', async () => {
  expect(await refused('POST', '/offers', 'x', { 'content-type': 'text/plain' })).toMatchObject({
    status: 415,
  });
  expect(await refused('POST', '/offers', 'x', json)).toMatchObject({ status: 401, code: 'not_signed_in' });
});

/** Requests that an emulator of AWS refuses by itself, with its own body. AWS passes them on to us. */
const REFUSED_BEFORE_US = new Map(
  theSandbox().gateway === 'deployed'
    ? [
        ['GET /%2e%2e/etc/passwd', 404],
        ['OPTIONS /wallet', 403],
        ['OPTIONS /rates', 403],
      ]
    : [],
);

const statusOf = async (method: string, path: string) =>
  (await fetch(`${theSandbox().apiUrl}${path}`, { method })).status;

test.each(['/nowhere', '/me/nothing', '/wallet/nowhere/else', '/%2e%2e/etc/passwd'])(
  'answers 404 to GET %s',
  async (path) => {
    const before = REFUSED_BEFORE_US.get(`GET ${path}`);
    if (before) expect(await statusOf('GET', path)).toBe(before);
    else expect(await refused('GET', path)).toMatchObject({ status: 404, code: 'not_found' });
  },
);

test.each([
  ['PUT', '/offers'],
  ['DELETE', '/wallet'],
  ['GET', '/auth/login'],
  ['PATCH', '/trades/some-trade/payment-sent'],
  ['OPTIONS', '/wallet'],
])('%s %s is another method than the route has', async (method, path) => {
  const before = REFUSED_BEFORE_US.get(`${method} ${path}`);
  if (before) expect(await statusOf(method, path)).toBe(before);
  else expect(await refused(method, path)).toMatchObject({ status: 405, code: 'method_not_allowed' });
});

test('refuses HEAD as another method, and refuses pages of another origin everywhere', async () => {
  const { apiUrl } = theSandbox();
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
  expect(await statusOf('HEAD', '/rates')).toBe(405);
  for (const method of ['GET', 'OPTIONS']) {
    const answer = await fetch(`${apiUrl}/rates`, { method, headers });
    // The sandbox's ports refuse such pages; a deployed gateway answers them without any header that lets them read.
    const deployed = REFUSED_BEFORE_US.get(`${method} /rates`) ?? (method === 'GET' ? 200 : 405);
    expect(answer.status).toBe(theSandbox().gateway === 'offline' ? 403 : deployed);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

test.each(['GET /wallet', 'GET /me', 'GET /me/trades', 'GET /me/offers', 'POST /sandbox/blocks'])(
  '%s needs an access token',
  async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const body = method === 'POST' ? { count: 1 } : undefined;
    expect(await refused(method, path, body, json)).toMatchObject({ status: 401, code: 'not_signed_in' });
  },
);
