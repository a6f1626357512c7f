import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';

const running = new AsyncLocalStorage<string>();

/** Id of the request, message or scheduled run that is being handled. It is Lambda's own. */
export const requestId = (): string => running.getStore() ?? 'none';

/**
 * Runs a handler so that everything it calls gets its request id, also if the process handles several requests at once.
 */
export const withRequestId =
  <Event, Extended extends Context, Result>(handle: (event: Event, context: Extended) => Promise<Result>) =>
  // The cast is safe, because Middy's layers add the fields of an extended context.
  (event: Event, context: Context): Promise<Result> =>
    running.run(context.awsRequestId, () => handle(event, context as Extended));
