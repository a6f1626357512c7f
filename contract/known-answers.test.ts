import { withKnownAnswers } from './known-answers.ts';
import type { ApiRequest } from './request.ts';

const operation = { route: 'GET /things', caller: 'account', hasBody: false, successes: [200] } as const;
const request = (path: string, method = 'GET') => ({
  operation: { ...operation, successes: [200] },
  method,
  path,
  headers: {},
});

/** An API whose things all have one version. */
function api() {
  const state = { version: 'W/"1"' as string | undefined };
  const asked: ApiRequest[] = [];
  const send = withKnownAnswers(async ({ headers, ...rest }) => {
    asked.push({ headers, ...rest });
    const { version } = state;
    if (version && headers['if-none-match'] === version) return { status: 304, body: undefined };
    return { status: 200, body: { version, path: rest.path }, ...(version && { etag: version }) };
  });
  return { state, asked, send };
}

test('gives the kept body of a path while the API says that it did not change', async () => {
  const { state, asked, send } = api();
  const first = await send(request('/a'));
  expect(await send(request('/a'))).toMatchObject({ status: 200, body: first.body });
  state.version = 'W/"2"';
  expect(await send(request('/a'))).toMatchObject({ status: 200, body: { version: 'W/"2"' } });
  expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, 'W/"1"', 'W/"1"']);
});

test('sends no tag with another path or a write, and forgets an answer without one', async () => {
  const { state, asked, send } = api();
  await send(request('/a'));
  await send(request('/b'));
  await send(request('/a', 'POST'));
  state.version = undefined;
  await send(request('/b'));
  await send(request('/b'));
  expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([
    undefined,
    undefined,
    undefined,
    'W/"1"',
    undefined,
  ]);
});

test('keeps the newest 50 answers', async () => {
  const { asked, send } = api();
  for (let path = 0; path <= 50; path += 1) await send(request(`/${path}`));
  await send(request('/0'));
  await send(request('/50'));
  expect(asked.slice(-2).map(({ headers }) => headers['if-none-match'])).toEqual([undefined, 'W/"1"']);
});
