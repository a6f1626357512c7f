import { createRequire } from 'node:module';
import { PROBLEMS } from '#contract/problems.ts';

type Answer = { isBoom?: boolean; source?: unknown };
type Toolkit = { continue: symbol; response: (body: string) => Reply };
type Reply = {
  code: (status: number) => Reply;
  type: (type: string) => Reply;
  header: (...of: string[]) => Reply;
};
type HapiServer = {
  settings: { port: number; address?: string };
  start: () => Promise<void>;
  ext: (point: 'onPreResponse', act: (request: { response: Answer }, toolkit: Toolkit) => unknown) => void;
};

/**
 * The emulated gateway answers a function that failed to load, or took too long, with status 200 and a stack trace;
 * here it says what ours say of a fault of theirs. And it opens one address for itself and for direct calls of
 * functions; those stay on loopback, where serverless.yml has put both.
 *
 * @param gateway its port, and the address that it shall listen on
 */
export function gatewayOf(gateway: { port: number; listen: string }): void {
  const prototype = serverPrototype();
  const { start } = prototype;
  prototype.start = function startOurs(this: HapiServer) {
    if (this.settings.port === gateway.port) {
      this.settings.address = gateway.listen;
      this.ext('onPreResponse', ({ response }, toolkit) =>
        isTrace(response) ? problem(toolkit) : toolkit.continue,
      );
    }
    return start.call(this);
  };
}

/** No answer of ours begins like this. */
function isTrace({ source }: Answer): boolean {
  return typeof source === 'string' && source.startsWith('{"errorMessage":');
}

function problem(toolkit: Toolkit): Reply {
  const [status, title] = PROBLEMS.internal;
  const body = { type: 'urn:pupero:problem:internal', title, status, code: 'internal' };
  return toolkit
    .response(JSON.stringify(body))
    .code(status)
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff');
}

/** Of the very module that serverless-offline loads. Its class is not exported, so one of them has to show it. */
function serverPrototype(): HapiServer {
  const root = createRequire(import.meta.url);
  const offline = createRequire(root.resolve('serverless-offline'));
  const { Server } = offline('@hapi/hapi') as { Server: new () => HapiServer };
  return Object.getPrototypeOf(new Server());
}
