import { createServer } from 'node:net';

/** Every port of the sandbox, what listens there, its default, and the variable that moves it. */
export const portTable = {
  api: { variable: 'PUPERO_API_PORT', standard: 8000, what: 'the API' },
  site: { variable: 'PUPERO_SITE_PORT', standard: 5000, what: 'the site' },
  lambda: { variable: 'PUPERO_LAMBDA_PORT', standard: 3002, what: 'direct calls of functions' },
  dynamodb: { variable: 'PUPERO_DYNAMODB_PORT', standard: 8100, what: 'the DynamoDB engine' },
  queue: { variable: 'PUPERO_QUEUE_PORT', standard: 9324, what: 'the SQS engine' },
  node: { variable: 'MONEROD_RPC_PORT', standard: 18081, what: "monerod's RPC" },
  wallet: { variable: 'MONERO_WALLET_RPC_PORT', standard: 18083, what: 'monero-wallet-rpc' },
} as const;

const loopback = '127.0.0.1';

/** The AirPlay Receiver of macOS listens here. */
const AIRPLAY_PORT = 5000;

export type PortName = keyof typeof portTable;
export type Ports = Record<PortName, number>;

/** The address of a port on this machine. */
export const here = (port: number) => `http://127.0.0.1:${port}`;

export const portNames = Object.keys(portTable) as PortName[];

/**
 * The ports to use: 0 becomes a free one. Throws one error that names every port that is taken, with the
 * variable that moves it; only the ports in `needed` are looked at.
 *
 * @param listen the address of API and site; all others listen on loopback
 */
export async function settlePorts(wanted: Ports, needed: PortName[], listen = loopback): Promise<Ports> {
  const settled = { ...wanted };
  const taken: string[] = [];
  const picked: { close: () => Promise<void> }[] = [];
  for (const name of needed) {
    const isOpen = name === 'api' || name === 'site';
    const held = await hold(wanted[name], isOpen ? listen : loopback);
    if (!held) taken.push(takenSentence(name, wanted[name]));
    else {
      settled[name] = held.port;
      picked.push(held);
    }
  }
  // Held until all are settled, so that two parts never pick the same free port.
  await Promise.all(picked.map((held) => held.close()));
  if (taken.length > 0) throw new Error(taken.join('\n'));
  return settled;
}

/** A port that nobody uses just now. */
export async function freePort(): Promise<number> {
  const held = await hold(0);
  if (!held) throw new Error('No port is free on 127.0.0.1.');
  await held.close();
  return held.port;
}

export function takenSentence(name: PortName, port: number, platform = process.platform): string {
  const { what, variable } = portTable[name];
  const airPlay =
    platform === 'darwin' && port === AIRPLAY_PORT
      ? ' macOS takes it for AirPlay: System Settings, General, AirDrop & Handoff, AirPlay Receiver turns that off.'
      : '';
  return `Port ${port} (${what}) is taken.${airPlay} Free it, or set ${variable} to another, as in ${variable}=${port + 1}`;
}

function hold(
  port: number,
  host = loopback,
): Promise<{ port: number; close: () => Promise<void> } | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const close = () => new Promise<void>((closed) => server.close(() => closed()));
      resolve({ port: typeof address === 'object' && address ? address.port : port, close });
    });
  });
}
