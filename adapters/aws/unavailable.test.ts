import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { isUnavailable, Unavailable } from '#core/unavailable.ts';
import { documentClient } from '../dynamodb/client.ts';
import { orUnavailable } from './unavailable.ts';

const named = (name: string) => Object.assign(new Error('as AWS says'), { name });
const coded = (code: string) => Object.assign(new Error('as Node says'), { code });

/** The error of a call whose request ends with `error`. */
const thrownFor = (error: Error) =>
  orUnavailable('queue')(() => Promise.reject(error))({}).catch((thrown: unknown) => thrown);

test.each<[string, Error]>([
  ['a time-out', named('TimeoutError')],
  ['throttling', named('ThrottlingException')],
  ['a server error', named('ServiceUnavailable')],
  ['a refused connection', coded('ECONNREFUSED')],
  ['a network error as the cause', new Error('fetch failed', { cause: coded('ECONNRESET') })],
  ['refused connections to several addresses', new AggregateError([coded('ECONNREFUSED')])],
])('reports %s as an unavailable queue', async (_, error) => {
  const thrown = await thrownFor(error);
  expect(thrown).toBeInstanceOf(Unavailable);
  expect(thrown).toMatchObject({ dependency: 'queue', cause: error });
  expect(isUnavailable(thrown)).toBe(true);
});

test.each<[string, Error]>([
  ['a failed condition', named('ConditionalCheckFailedException')],
  ['a missing permission', named('AccessDeniedException')],
  ['a bug', new TypeError('undefined is not a function')],
])('leaves %s unchanged, because another try would meet it again', async (_, error) => {
  expect(await thrownFor(error)).toBe(error);
  expect(isUnavailable(error)).toBe(false);
});

test('a document client reports a database that refuses connections', async () => {
  const client = documentClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: { handle: () => Promise.reject(coded('ECONNREFUSED')) },
  });
  const reading = client.send(new GetCommand({ TableName: 'pupero-test-none', Key: { pk: 'a' } }));
  await expect(reading).rejects.toMatchObject({ name: 'Unavailable', dependency: 'database' });
});
