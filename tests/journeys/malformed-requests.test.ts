import { randomBytes } from 'node:crypto';
import { rawRequest } from '#tests/helpers/raw-request.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';

const { apiUrl, siteUrl, gateway } = theSandbox();
/** An emulator of AWS has a gateway of its own, which answers malformed requests by itself. */
const offline = (name: string, tests: () => void) => {
  if (gateway === 'offline') describe(name, tests);
};

type Request = { method?: string; target?: string; host?: string; headers?: string[]; body?: Uint8Array };

const send = (
  url: string,
  { method = 'GET', target = '/rates', host = 'localhost', headers = [], body }: Request,
) => {
  const length = body ? [`content-length: ${body.length}`] : [];
  const head = [`${method} ${target} HTTP/1.1`, `host: ${host}`, ...length, ...headers];
  return rawRequest(url, `${head.join('\r\n')}\r\n\r\n`, ...(body ? [body] : []));
};

offline('the gateway', () => {
  test.each<[string, Request, number, string]>([
    ['a Host with a space', { host: 'a b' }, 403, 'not_allowed'],
    ['a Host that is half an IPv6 address', { host: '[' }, 403, 'not_allowed'],
    ['an empty Host', { host: '' }, 403, 'not_allowed'],
    ['a path with a byte that is not UTF-8', { target: '/offers/%ff' }, 400, 'invalid_request'],
    ['a path with half a percent-encoding', { target: '/offers/%' }, 400, 'invalid_request'],
    ['a query with a byte that is not UTF-8', { target: '/offers?method=%ff' }, 400, 'invalid_request'],
    ['a target with raw bytes', { target: '/offers?method=\xff' }, 400, 'invalid_request'],
    ['the target *', { target: '*' }, 400, 'invalid_request'],
    ['OPTIONS *', { method: 'OPTIONS', target: '*' }, 400, 'invalid_request'],
    ['a method that HTTP does not know', { method: 'STEAL' }, 400, 'invalid_request'],
    ['TRACE', { method: 'TRACE' }, 405, 'method_not_allowed'],
    ['a URL of 20,000 characters', { target: `/rates?${'a'.repeat(20_000)}` }, 431, 'invalid_request'],
    ['20,000 bytes of headers', { headers: [`x-flood: ${'a'.repeat(20_000)}`] }, 431, 'invalid_request'],
    [
      'a body of 11 MB',
      {
        method: 'POST',
        target: '/auth/login',
        headers: ['content-type: application/json'],
        body: Buffer.alloc(11e6, 32),
      },
      413,
      'body_too_large',
    ],
    [
      'a body with a malformed chunk',
      { method: 'POST', target: '/auth/login', headers: ['transfer-encoding: chunked', '', 'zz'] },
      400,
      'invalid_request',
    ],
  ])('answers %s with a problem', async (_, request, status, code) => {
    const answer = await send(apiUrl, request);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    const problem = JSON.parse(answer.body);
    expect(problem).toMatchObject({ status, code, requestId: answer.headers['x-request-id'] });
    expect(problem.requestId).toBeTruthy();
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  test('answers a Range with the whole body', async () => {
    const answer = await send(apiUrl, { headers: ['range: bytes=0-10'] });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body).items).toBeTruthy();
    const beyond = await send(apiUrl, { headers: ['range: bytes=9999999-'] });
    expect(beyond.status).toBe(200);
  });
});

offline('the site', () => {
  test.each<[string, Request, number]>([
    ['a page at a path that is not UTF-8', { target: '/%ff' }, 400],
    ['half a percent-encoding', { target: '/%' }, 400],
    ['the target *', { target: '*' }, 400],
    ['a step out of its folder', { target: '/..%2f..%2fpackage.json' }, 404],
    ['TRACE', { method: 'TRACE', target: '/' }, 405],
    ['a form sent to a page', { method: 'POST', target: '/', body: Buffer.alloc(11e6, 32) }, 405],
  ])('answers %s and goes on', async (_, request, status) => {
    const answer = await send(siteUrl, request);
    expect(answer.status).toBe(status);
    expect((await fetch(siteUrl)).status).toBe(200);
  });

  test('passes on the answer of the API to a malformed request', async () => {
    const post = { method: 'POST', target: '/api/auth/login', headers: ['content-type: application/json'] };
    const tooLarge = await send(siteUrl, { ...post, body: Buffer.alloc(11e6, 32) });
    expect([tooLarge.status, JSON.parse(tooLarge.body).code]).toEqual([413, 'body_too_large']);
    const notUtf8 = await send(siteUrl, { target: '/api/offers?method=%ff' });
    expect([notUtf8.status, JSON.parse(notUtf8.body).code]).toEqual([400, 'invalid_request']);
  });
});

test('refuses a password in bytes that are not UTF-8, because it could match another one', async () => {
  const username = `test-${randomBytes(8).toString('hex')}`;
  const ask = async (path: string, credentials: object, byte: number) => {
    const [before = '', after = ''] = JSON.stringify({ ...credentials, password: 'abcdefg#e9' }).split('#');
    const body = Buffer.concat([Buffer.from(before), Buffer.from([byte]), Buffer.from(after)]);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${apiUrl}${path}`, { method: 'POST', headers, body });
    return [response.status, (await response.json()).code];
  };
  expect(await ask('/auth/register', { username }, 0xff)).toEqual([400, 'invalid_json']);
  expect(await ask('/auth/register', { username }, 0x66)).toEqual([201, undefined]);
  expect(await ask('/auth/login', { login: username }, 0xfe)).toEqual([400, 'invalid_json']);
});
