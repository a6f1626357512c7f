import type { Dependency } from '#core/unavailable.ts';
import { OUTERMOST, orUnavailable } from './unavailable.ts';

type Middlewares = { middlewareStack: { add: (middleware: never, options: typeof OUTERMOST) => void } };
type ClientClass = new (settings: never) => Middlewares;

/**
 * Builds a client of AWS. Every client is built here, so that tracing has one place to attach to. Endpoint, region and
 * credentials come from the SDK's variables, unless `settings` names others.
 *
 * @param dependency name under which the client reports network errors and time-outs as `Unavailable`; without it they
 *   are thrown unchanged
 * @example awsClient(SSMClient, { maxAttempts: 6 })
 */
export function awsClient<Class extends ClientClass>(
  Client: Class,
  settings: NonNullable<ConstructorParameters<Class>[0]>,
  dependency?: Dependency,
): InstanceType<Class> {
  const client = new Client(settings as never);
  if (dependency) client.middlewareStack.add(orUnavailable(dependency) as never, OUTERMOST);
  return client as InstanceType<Class>;
}
