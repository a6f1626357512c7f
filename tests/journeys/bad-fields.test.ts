import { operationsOn } from '#contract/index.ts';
import { methodAndPath, type Operation } from '#contract/operation.ts';
import type { Problem } from '#contract/problems.ts';
import {
  BAD_PARAMETERS,
  BAD_VALUES,
  bodiesOf,
  bodyFieldsOf,
  declaredPaths,
  type Field,
  mustRefuse,
  withRaw,
} from '#tests/helpers/bad-fields.ts';
import { exchange } from '#tests/helpers/exchange.ts';
import { pathsOf } from '#tests/helpers/expect-problem.ts';
import { aKey, type Person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { aTrade } from '#tests/helpers/trade.ts';

const { gateway } = theSandbox();

// Every field of every operation, from the contract, with values that are bad for it. A new field is tested by itself.

const OPERATIONS = operationsOn('regtest');
const WITH_BODY = OPERATIONS.filter(({ body }) => body !== undefined).map((op) => [op.name, op] as const);
const WITH_PARAMETERS = OPERATIONS.filter(({ path, query }) => path ?? query).map(
  (op) => [op.name, op] as const,
);
const MINUTES_MS = 300_000;
const AT_ONCE = 8;

/** Somebody with an offer, an open trade and XMR, so that there is something to break. */
let someone: Person;
let before: unknown;
const stored = async () => {
  const items: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await someone.exportMe({ cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return { items, me: await someone.getMe(), wallet: await someone.wallet() };
};
beforeAll(async () => {
  ({ seller: someone } = await aTrade({ state: 'payment_sent' }));
  before = await stored();
}, MINUTES_MS);

type Sent = { path?: string; query?: string; body?: string };

function send(operation: Operation, { path, query = '', body }: Sent) {
  const { method, path: template } = methodAndPath(operation);
  const filled = path ?? template.replace('{currency}', 'EUR').replace(/\{\w+\}/g, 'made-up');
  return exchange(method, `${filled}${query}`, {
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(operation.caller === 'account' && { authorization: `Bearer ${someone.keys.accessToken}` }),
      ...(operation.keyed && { 'idempotency-key': aKey().idempotencyKey }),
    },
    ...(body !== undefined && { body }),
  });
}

/** Runs all, some at once. */
async function each<T>(all: readonly T[], run: (one: T) => Promise<string[]>): Promise<string[]> {
  const waiting = [...all];
  const complaints: string[] = [];
  const lane = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift())
      complaints.push(...(await run(one)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return complaints;
}

/** Members of a passkey's answer are sent to the first operation that has it, because all share its schema. */
const shared = new Set<string>();
const fieldsToSend = (operation: Operation): Field[] =>
  bodyFieldsOf(operation).filter(({ path }) => {
    const name = path.join('.');
    if (!name.startsWith('passkey.')) return true;
    const isNew = !shared.has(name);
    shared.add(name);
    return isNew;
  });
const FIELDS = new Map(WITH_BODY.map(([name, operation]) => [name, fieldsToSend(operation)]));

const isNamed = (path: string, errors: readonly string[]) =>
  errors.some(
    (one) => one === path || one.startsWith(`${path}.`) || (one !== '' && path.startsWith(`${one}.`)),
  );
/** Operations that need one of two members, and name the operation or the other one. */
const EITHER = ['startTrade', 'logInSecondFactor', 'quoteWithdrawal', 'requestWithdrawal'];

test.each(WITH_BODY)('%s has a body here with each of its fields', (_, operation) => {
  const found = bodyFieldsOf(operation).map(({ path }) => path.join('.'));
  expect(found.sort()).toEqual(declaredPaths(operation));
});

test('sends each field of each operation', () => {
  const fields = [...FIELDS.values()].flat().length;
  const parameters = WITH_PARAMETERS.flatMap(([, { path, query }]) => [
    ...Object.keys(path?.shape ?? {}),
    ...Object.keys(query?.shape ?? {}),
  ]).length;
  console.info(`${fields} fields of bodies, ${parameters} parameters`);
  expect(fields).toBeGreaterThan(150);
  expect(parameters).toBeGreaterThan(50);
});

/** The bodies of a field that are refused, or all others. */
const bodiesOfField = (operation: Operation, field: Field, areBad: boolean) =>
  Object.entries(BAD_VALUES)
    .map(([value, raw]) => ({ value, raw, body: withRaw(field, raw) }))
    .filter(({ raw, body }) => mustRefuse(operation, field, raw, body) === areBad);

test.each(WITH_BODY)(
  '%s refuses each bad value of each field, and names the field',
  async (name, operation) => {
    const sent = FIELDS.get(name)!.flatMap((field) =>
      bodiesOfField(operation, field, true).map((bad) => ({ ...bad, path: field.path.join('.') })),
    );
    const complaints = await each(sent, async ({ path, value, body }) => {
      const answer = await send(operation, { body });
      const problem = answer.body as Problem;
      const named = answer.status === 400 ? pathsOf(problem) : [];
      const isFine =
        answer.status === 400 &&
        problem.code === 'invalid_request' &&
        (isNamed(path, named) || EITHER.includes(name));
      return isFine ? [] : [`${path}, ${value}: ${answer.status} ${problem?.code} ${named}`];
    });
    expect(complaints).toEqual([]);
  },
  MINUTES_MS,
);

/**
 * Whether a parameter of the path stays one. An empty one is the path of another operation, and the emulator of AWS
 * decodes a slash before it looks for the route.
 */
const isOneSegment = (text: string) => text !== '' && (gateway === 'offline' || !/%2f/i.test(text));

test.each(WITH_PARAMETERS)(
  '%s answers each bad value of each parameter with a problem or as usual',
  async (_, operation) => {
    const { path } = methodAndPath(operation);
    const [body] = bodiesOf(operation).map((one) => JSON.stringify(one));
    const sent = Object.entries(BAD_PARAMETERS).flatMap(([value, text]): [string, Sent][] => [
      ...Object.keys(isOneSegment(text) ? (operation.path?.shape ?? {}) : {}).map((name): [string, Sent] => [
        `${name}, ${value}`,
        { path: path.replace(`{${name}}`, text).replace(/\{\w+\}/g, 'made-up'), body },
      ]),
      ...Object.keys(operation.query?.shape ?? {}).map((name): [string, Sent] => [
        `${name}, ${value}`,
        { query: `?${name}=${text}`, body },
      ]),
    ]);
    for (const name of Object.keys(operation.query?.shape ?? {}))
      sent.push([`${name}, twice`, { query: `?${name}=1&${name}=1`, body }]);
    const complaints = await each(sent, async ([what, request]) => {
      const { status } = await send(operation, request);
      const isTwice = what.endsWith('twice');
      return status >= 500 || (isTwice && status !== 400) ? [`${what}: ${status}`] : [];
    });
    expect(complaints).toEqual([]);
  },
  MINUTES_MS,
);

test('after all refused requests the account is as it was', async () => {
  expect(await stored()).toEqual(before);
});

test.each(WITH_BODY)(
  '%s answers each odd value that the contract accepts without an error of ours',
  async (name, operation) => {
    const sent = FIELDS.get(name)!.flatMap((field) =>
      bodiesOfField(operation, field, false).map((odd) => ({ ...odd, path: field.path.join('.') })),
    );
    const complaints = await each(sent, async ({ path, value, body }) => {
      const { status } = await send(operation, { body });
      // The faucet may be empty by now.
      return status >= 500 && status !== 503 ? [`${path}, ${value}: ${status}`] : [];
    });
    expect(complaints).toEqual([]);
  },
  MINUTES_MS,
);
