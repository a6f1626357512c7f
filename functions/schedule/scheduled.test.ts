import type { Context } from 'aws-lambda';
import { scheduled } from './scheduled.ts';

test.each([
  ['a schedule of AWS', { source: 'aws.events' }, { everyMs: 60_000 }],
  ['the sandbox', { everySeconds: 5 }, { everyMs: 5_000 }],
  ['a person', {}, {}],
  ['a person without an event', undefined, {}],
])('a call by %s tells the interval of its schedule, if it has one', async (_, event, call) => {
  const calls: object[] = [];
  const handler = scheduled('test', async (given) => void calls.push(given));
  await handler(event, { awsRequestId: 'request' } as Context);
  expect(calls).toEqual([call]);
});
