import { randomBytes } from 'node:crypto';
import { operationsOn } from '#contract/index.ts';
import { methodAndPath, type Operation } from '#contract/operation.ts';
import type { Problem } from '#contract/problems.ts';
import { authenticator } from '#tests/helpers/authenticator.ts';
import { client } from '#tests/helpers/client.ts';
import { exchange } from '#tests/helpers/exchange.ts';
import { expectProblem, pathsOf } from '#tests/helpers/expect-problem.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';

// The attacks by the content of a request. docs/security.md lists them all.

const OPERATIONS = operationsOn('regtest');
const json = { 'content-type': 'application/json' };

let someone: Person;
beforeAll(async () => {
  someone = await person();
});

/** Sends an operation as somebody who is signed in, with this text as its body, and a made-up id in its path. */
const send = (operation: Operation, body?: string, query = '') => {
  const { method, path } = methodAndPath(operation);
  return exchange(method, `${path.replace('{currency}', 'EUR').replace(/\{\w+\}/g, 'made-up')}${query}`, {
    headers: {
      ...(body !== undefined && json),
      ...(operation.caller === 'account' && { authorization: `Bearer ${someone.keys.accessToken}` }),
      ...(operation.keyed && { 'idempotency-key': aKey().idempotencyKey }),
    },
    ...(body !== undefined && { body }),
  });
};

const key = authenticator(theSandbox().siteUrl);
const made = { challenge: 'made-up', user: { id: 'made-up' } };
const stepUp = { code: '000000', passkey: { challengeId: 'made-up', response: key.answer(made) } };
const withPassword = { password: 'not it at all', ...stepUp };

/** A body that the contract accepts, for each operation that takes one. */
const VALID: Record<string, object> = {
  registerAccount: { username: 'mallory', password: 'correct horse battery', language: 'en' },
  logIn: { login: 'mallory', password: 'not it at all', remember: true },
  logInSecondFactor: { challengeToken: 'made-up', code: '000000' },
  requestPasswordReset: { email: 'mallory@pupero.test' },
  confirmPasswordReset: { token: 'made-up', newPassword: 'correct horse battery' },
  updateMe: { displayName: 'Mallory', language: 'en', antiPhishingPhrase: 'blue whale' },
  changePassword: { currentPassword: 'x', newPassword: 'correct horse battery', ...stepUp },
  changeEmail: { email: 'mallory@pupero.test', ...withPassword },
  confirmEmail: { token: 'made-up' },
  startTotp: withPassword,
  confirmTotp: { code: '000000' },
  disableTotp: withPassword,
  renewRecoveryCodes: withPassword,
  startPasskey: withPassword,
  addPasskey: { name: 'Mine', response: key.register(made) },
  renamePasskey: { name: 'Mine' },
  removePasskey: withPassword,
  logInWithPasskey: { response: key.answer(made), remember: true },
  createOffer: {
    side: 'sell',
    currency: 'EUR',
    price: { kind: 'fixed', fiatPerXmr: '100.00' },
    minFiat: '1.00',
    maxFiat: '100.00',
    methods: ['sepa'],
    terms: 'none',
    paymentWindowMinutes: 60,
  },
  updateOffer: { version: 1, price: { kind: 'market', marginBp: 100 }, state: 'paused' },
  addPaymentAccount: {
    method: 'sepa',
    label: 'Bank',
    fields: { name: 'Mallory', iban: 'DE89370400440532013000' },
    ...stepUp,
  },
  updatePaymentAccount: { version: 1, label: 'Bank', ...stepUp },
  removePaymentAccount: stepUp,
  sendMessage: { text: 'Hello' },
  startAttachment: { contentType: 'image/png', bytes: 1 },
  reviewTrade: { rating: 5, comment: 'Fast and kind.' },
  markMessagesRead: { upTo: 'none' },
  startTrade: { offerId: 'made-up', amountXmr: '1', method: 'sepa', fiatPerXmr: '100.00' },
  confirmPaymentReceived: stepUp,
  cancelTrade: stepUp,
  acceptCancellation: stepUp,
  openDispute: { reason: 'none' },
  resolveDispute: { buyerXmr: '1', note: 'none', ...stepUp },
  readNotices: { upTo: 'made-up' },
  updateNoticeSettings: { email: [], browser: [] },
  quoteWithdrawal: { address: 'made-up', amountXmr: '1' },
  requestWithdrawal: { address: 'made-up', amountXmr: '1', ...stepUp },
  createReport: { kind: 'person', id: 'mallory', reason: 'spam', text: 'none' },
  appealSuspension: { text: 'none' },
  closeReport: { decision: 'dismiss', note: 'none' },
  suspendAccount: { reason: 'none' },
  restoreAccount: { reason: 'none' },
  signOutAccount: { reason: 'none' },
  updateHalts: { takes: { on: true, reason: 'none' } },
  deleteMe: withPassword,
  drawFaucet: { amountXmr: '1' },
  mineBlocks: { count: 1 },
};

/** The query parameters that an operation cannot do without. */
const VALID_QUERY: Record<string, string> = { searchUsers: '&query=mallory' };

const WITH_BODY = OPERATIONS.filter(({ body }) => body !== undefined).map(
  (operation) => [operation.name, operation] as const,
);

/** An object of a body, and its path. */
type Found = [path: string, object: Record<string, unknown>];

/**
 * Objects in a body. Left out are a browser's answer of a passkey, because unknown members of it are dropped, and the
 * fields of a payment account, because they have the names of its method.
 */
function objectsIn(value: object, path = ''): Found[] {
  const nested = Object.entries(value)
    .filter(([name, part]) => part?.constructor === Object && name !== 'response' && name !== 'fields')
    .flatMap(([name, part]) => objectsIn(part, `${path}${name}.`));
  return [[path, value as Record<string, unknown>], ...nested];
}

/** The body with these members in every object of it, as JSON, and their paths. */
function planted(name: string, members: Record<string, unknown>) {
  const body = structuredClone(VALID[name]!);
  const paths: string[] = [];
  for (const [path, object] of objectsIn(body))
    for (const [member, value] of Object.entries(members)) {
      if (Object.hasOwn(object, member)) continue;
      // `__proto__` has to become a member of its own.
      Object.defineProperty(object, member, { value, enumerable: true });
      paths.push(`${path}${member}`);
    }
  return { text: JSON.stringify(body), paths: paths.sort() };
}

const errorsOf = (body: unknown) => (body as Problem).errors ?? [];

/** Fields that only the server decides. */
const SERVERS_OWN = {
  role: 'admin',
  id: 'made-up',
  accountId: 'made-up',
  ownerId: 'made-up',
  sessionId: 'made-up',
  username: 'admin',
  balance: '1000',
  availableXmr: '1000',
  version: 1,
  credentialsVersion: 1,
  passwordHash: 'x',
  emailConfirmed: true,
  totpEnabled: false,
  suspended: false,
  standing: { role: 'admin' },
  state: 'completed',
  createdAt: '2020-01-01T00:00:00.000Z',
};

test('every operation that takes a body has one here', () => {
  expect(Object.keys(VALID).sort()).toEqual(WITH_BODY.map(([name]) => name).sort());
});

test.each(WITH_BODY)(
  'mass assignment: %s refuses a role, an account, a balance, a version or a suspension in its body',
  async (name, operation) => {
    const { text, paths } = planted(name, SERVERS_OWN);
    const { status, body } = await send(operation, text);
    expect(status).toBe(400);
    // Nothing else is wrong with it.
    expect(pathsOf(body as Problem)).toEqual(paths);
    for (const { message } of errorsOf(body)) expect(message).toBe('is not known here');
  },
);

test.each(OPERATIONS.map((operation) => [operation.name, operation] as const))(
  'mass assignment: %s refuses a role and an account in its query',
  async (name, operation) => {
    const body = VALID[name] && JSON.stringify(VALID[name]);
    const answer = await send(operation, body, `?role=admin&accountId=made-up${VALID_QUERY[name] ?? ''}`);
    expect(answer.status).toBe(400);
    expect(pathsOf(answer.body as Problem)).toEqual(operation.query ? ['accountId', 'role'] : ['?']);
  },
);

const PROTOTYPE_KEYS = Object.fromEntries(
  ['__proto__', 'constructor', 'prototype'].map((name) => [name, { role: 'admin', isAdmin: true }]),
);

test.each(WITH_BODY)(
  'prototype pollution: %s refuses __proto__, constructor and prototype in its body, also nested',
  async (name, operation) => {
    const { text, paths } = planted(name, PROTOTYPE_KEYS);
    expect(text).toContain('"__proto__":');
    const { status, body } = await send(operation, text);
    expect(status).toBe(400);
    expect(pathsOf(body as Problem)).toEqual(paths);
  },
);

/** Sends a payment account that has one more field. */
async function withField(field: string) {
  const { method, label, fields } = VALID.addPaymentAccount as Record<string, object>;
  const text = JSON.stringify({ method, label, fields }).replace('"name":', `"${field}":"x","name":`);
  return send(OPERATIONS.find(({ name }) => name === 'addPaymentAccount')!, text);
}

test.each(['__proto__', 'constructor', 'prototype', 'toString', 'role'])(
  'prototype pollution: %s is no field of a payment account',
  async (field) => {
    const { status, body } = await withField(field);
    expect([status, pathsOf(body as Problem)]).toEqual([400, [`fields.${field}`]]);
  },
);

test('prototype pollution: prototype keys in a query are refused', async () => {
  for (const name of ['__proto__', 'constructor', 'prototype', '__proto__[role]', 'constructor.prototype'])
    for (const path of ['/offers', '/me/trades', '/me']) {
      const query = `?${encodeURIComponent(name)}=admin`;
      const headers = { authorization: `Bearer ${someone.keys.accessToken}` };
      const answer = await exchange('GET', `${path}${query}`, { headers });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    }
});

const STRANGE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '%00', '..%2f'];

test.each(STRANGE_NAMES)('prototype pollution: %s in a path is an id that nobody has', async (name) => {
  const headers = { authorization: `Bearer ${someone.keys.accessToken}` };
  for (const path of ['/trades/', '/offers/', '/wallet/withdrawals/']) {
    const answer = await exchange('GET', `${path}${name}`, { headers });
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  }
  const ended = await exchange('DELETE', `/me/sessions/${name}`, { headers });
  expect(ended.status).toBe(404);
});

test('prototype pollution: constructor is a username like others, and __proto__ signs nobody in', async () => {
  const { password } = someone;
  const { getMe, registerAccount } = client();
  const opened = await registerAccount({ username: 'constructor', password }).then(
    () => getMe(),
    ({ problem }) => ({ username: problem.code }),
  );
  // Taken by an earlier run on the same tables.
  expect(['constructor', 'username_taken']).toContain(opened.username);
  for (const login of ['__proto__', 'prototype', 'toString'])
    await expectProblem(client().logIn({ login, password }), 401, 'wrong_credentials');
});

test('prototype pollution: after all of this, a new account is a member without anything', async () => {
  const { getMe, getWallet, username } = await person();
  expect(await getMe()).toMatchObject({ username, role: 'member', totpEnabled: false });
  expect(await getWallet()).toMatchObject({ availableXmr: '0', heldXmr: '0' });
  expect(await someone.getMe()).toMatchObject({ role: 'member' });
});

test.each([
  'p\u0430ypal',
  '\u0430\u0501\u043c\u0456\u043d',
  'pupero\u202ereopup',
  'ann\u200b',
  'ann\u00ad',
  '\uff21nn',
  '\u{1d5ee}nn',
  'ann\u0301',
  'ann\u0000',
  'ann\r\nBcc',
  ' ann',
])('homoglyphs and bidi: nobody registers as %j', async (username) => {
  const asked = client().registerAccount({ username, password: someone.password });
  expect(pathsOf(await expectProblem(asked, 400, 'invalid_request'))).toEqual(['username']);
});

test.each([
  ['a Cyrillic letter in a Latin word', 'p\u0430ypal'],
  ['a Greek letter in a Latin word', 'p\u03b1ypal'],
  ['a word of the staff in Cyrillic letters', '\u0422\u0415\u0410\u041c'],
  ['a word of the staff in Greek letters', '\u03a4\u0395\u0391\u039c'],
  ['a word of the staff in full-width letters', '\uff21\uff44\uff4d\uff49\uff4e'],
  ['a word of the staff in mathematical letters', '\u{1d5ee}\u{1d5f1}\u{1d5fa}\u{1d5f6}\u{1d5fb}'],
  ['a word of the staff with digits', '5upp0rt'],
  ['a right-to-left override', 'Ann\u202enimdA'],
  ['a right-to-left isolate', 'Ann\u2067B'],
  ['a right-to-left mark', 'Ann\u200fB'],
  ['an Arabic letter mark', 'Ann\u061cB'],
  ['a zero width space', 'An\u200bn'],
  ['a zero width joiner', 'An\u200dn'],
  ['a soft hyphen', 'An\u00adn'],
  ['a tag character', 'Ann\u{e0041}'],
  ['a Hangul filler', 'Ann\u3164'],
])('homoglyphs and bidi: the display name with %s is refused', async (_, displayName) => {
  const problem = await expectProblem(someone.updateMe({ displayName }), 400, 'invalid_request');
  expect(pathsOf(problem)).toEqual(['displayName']);
});

test('huge password: one of 1 MB is refused before anything hashes it', async () => {
  const password = 'x'.repeat(1024 * 1024);
  const username = 'huge-password';
  for (const [path, body] of [
    ['/auth/register', { username, password }],
    ['/auth/login', { login: username, password }],
    ['/auth/password-reset/confirm', { token: 'x', newPassword: password }],
  ] as const) {
    const answer = await exchange('POST', path, { headers: json, body: JSON.stringify(body) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  }
  const [first] = WITH_BODY.filter(([name]) => name === 'changePassword');
  expect(await send(first![1], JSON.stringify({ currentPassword: password }))).toMatchObject({ status: 413 });
});

test('huge password: one that fits into a body is refused by its length, whatever its bytes', async () => {
  for (const password of ['x'.repeat(60_000), '\u{1f600}'.repeat(129), 'e\u0301'.repeat(129)]) {
    const asked = client().registerAccount({ username: 'huge-password', password });
    expect(pathsOf(await expectProblem(asked, 400, 'invalid_request'))).toEqual(['password']);
    const signIn = client().logIn({ login: someone.username, password });
    expect(pathsOf(await expectProblem(signIn, 400, 'invalid_request'))).toEqual(['password']);
  }
});

test('NUL bytes: a password is not cut at one', async () => {
  const username = `test-${randomBytes(8).toString('hex')}`;
  const password = 'correct\u0000horse battery';
  await client().registerAccount({ username, password });
  for (const other of ['correct', 'correct\u0000', 'correct\u0000another one', 'correcthorse battery'])
    await expectProblem(client().logIn({ login: username, password: other }), 401, 'wrong_credentials');
  expect(await client().logIn({ login: username, password })).toMatchObject({ status: 'signed_in' });
  const cut = client().logIn({ login: `${username}\u0000`, password });
  await expectProblem(cut, 401, 'wrong_credentials');
});

test('NUL bytes: no text that others see has one', async () => {
  const text = 'a\u0000b';
  const byName = Object.fromEntries(WITH_BODY);
  const cases: [string, object, string][] = [
    ['updateMe', { displayName: text }, 'displayName'],
    ['updateMe', { antiPhishingPhrase: text }, 'antiPhishingPhrase'],
    ['createOffer', { ...VALID.createOffer, terms: text }, 'terms'],
    ['createOffer', { ...VALID.createOffer, methods: [text] }, 'methods.0'],
    ['createReport', { ...VALID.createReport, text }, 'text'],
    ['renamePasskey', { name: text }, 'name'],
    ['changeEmail', { ...VALID.changeEmail, email: `${text}@pupero.test` }, 'email'],
  ];
  for (const [name, body, path] of cases) {
    const answer = await send(byName[name]!, JSON.stringify(body));
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(pathsOf(answer.body as Problem)).toEqual([path]);
  }
});
