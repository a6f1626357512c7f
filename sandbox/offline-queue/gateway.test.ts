import { createRequire } from 'node:module';
import { rawRequest } from '#tests/helpers/raw-request.ts';
import { freeTcpPort } from '../settings/tcp-ports.ts';
import { gatewayOf } from './gateway.ts';

type Server = {
  start: () => Promise<void>;
  stop: () => Promise<void>;
  route: (route: object) => void;
  info: { address: string };
};
const offline = createRequire(createRequire(import.meta.url).resolve('serverless-offline'));
const { Server } = offline('@hapi/hapi') as { Server: new (options: object) => Server };

const trace = { errorMessage: 'TOTP_KEY is wrong', errorType: 'Error', stackTrace: ['at /home/us/pupero'] };
const servers: Server[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

async function serve(port: number): Promise<Server> {
  const server = new Server({ port, host: '127.0.0.1' });
  servers.push(server);
  server.route({ method: 'GET', path: '/broken', handler: () => JSON.stringify(trace) });
  server.route({ method: 'GET', path: '/fine', handler: () => JSON.stringify({ status: 'ok' }) });
  await server.start();
  return server;
}

test('the gateway listens where it is told, and answers a trace as a fault of ours', async () => {
  const [port, lambdaPort] = [await freeTcpPort(), await freeTcpPort()];
  gatewayOf({ port, listen: '127.0.0.2' });
  await serve(port);
  await serve(lambdaPort);
  await expect(fetch(`http://127.0.0.1:${port}/fine`)).rejects.toThrow();

  const gateway = `http://127.0.0.2:${port}`;
  expect(await (await fetch(`${gateway}/fine`)).json()).toEqual({ status: 'ok' });
  const broken = await fetch(`${gateway}/broken`);
  expect(broken.status).toBe(500);
  expect(broken.headers.get('content-type')).toBe('application/problem+json');
  expect(await broken.json()).toMatchObject({ code: 'internal' });

  for (const host of ['a b', '[', '']) {
    const malformed = await rawRequest(gateway, `GET /fine HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    expect(malformed.status).toBe(400);
    const problem = JSON.parse(malformed.body);
    expect(problem).toMatchObject({ code: 'invalid_request', requestId: malformed.headers['x-request-id'] });
  }

  // A direct caller of functions, on loopback, gets the full error.
  const direct = await fetch(`http://127.0.0.1:${lambdaPort}/broken`);
  expect(await direct.json()).toEqual(trace);
});
