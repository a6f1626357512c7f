import { createServer } from 'node:net';

/** The TCP ports of the sandbox: the variable that sets each, its default, and the listener's name for people. */
export const tcpPortTable = {
  api: { variable: 'PUPERO_API_PORT', standard: 8000, what: 'the API' },
  site: { variable: 'PUPERO_SITE_PORT', standard: 5000, what: 'the site' },
  lambda: { variable: 'PUPERO_LAMBDA_PORT', standard: 3002, what: 'direct calls of functions' },
  live: { variable: 'PUPERO_LIVE_PORT', standard: 3001, what: 'WebSockets' },
  dynamodb: { variable: 'PUPERO_DYNAMODB_PORT', standard: 8100, what: 'the DynamoDB engine' },
  mail: { variable: 'PUPERO_SMTP_PORT', standard: 1025, what: 'the mail server' },
  queue: { variable: 'PUPERO_QUEUE_PORT', standard: 9324, what: 'the SQS engine' },
  node: { variable: 'MONEROD_RPC_PORT', standard: 18081, what: "monerod's RPC" },
  wallet: { variable: 'MONERO_WALLET_RPC_PORT', standard: 18083, what: 'monero-wallet-rpc' },
} as const;

const LOOPBACK = '127.0.0.1';

/** macOS's AirPlay Receiver listens on it. */
const AIRPLAY_PORT = 5000;

export type TcpPortName = keyof typeof tcpPortTable;
export type TcpPorts = Record<TcpPortName, number>;

/** The address of a TCP port on this machine. */
export const loopbackUrl = (port: number) => `http://127.0.0.1:${port}`;

export const tcpPortNames = Object.keys(tcpPortTable) as TcpPortName[];

/**
 * Replaces each 0 by a free TCP port, and checks the ports in `needed`.
 *
 * @param listen the address of API and site; all others listen on loopback
 * @throws an Error that names every port in use, with the variable that moves it
 */
export async function settleTcpPorts(
  wanted: TcpPorts,
  needed: TcpPortName[],
  listen = LOOPBACK,
): Promise<TcpPorts> {
  const settled = { ...wanted };
  const taken: string[] = [];
  const picked: { close: () => Promise<void> }[] = [];
  for (const name of needed) {
    const isOpen = name === 'api' || name === 'site';
    const held = await hold(wanted[name], isOpen ? listen : LOOPBACK);
    if (!held) taken.push(takenSentence(name, wanted[name]));
    else {
      settled[name] = held.port;
      picked.push(held);
    }
  }
  // All ports are held until the end, so that two parts never get the same free port.
  await Promise.all(picked.map((held) => held.close()));
  if (taken.length > 0) throw new Error(taken.join('\n'));
  return settled;
}

/** A TCP port that is free now. */
export async function freeTcpPort(): Promise<number> {
  const held = await hold(0);
  if (!held) throw new Error('No port is free on 127.0.0.1.');
  await held.close();
  return held.port;
}

export function takenSentence(name: TcpPortName, port: number, platform = process.platform): string {
  const { what, variable } = tcpPortTable[name];
  const airPlay =
    platform === 'darwin' && port === AIRPLAY_PORT
      ? ' macOS takes it for AirPlay: System Settings, General, AirDrop & Handoff, AirPlay Receiver turns that off.'
      : '';
  return `Port ${port} (${what}) is taken.${airPlay} Free it, or set ${variable} to another, as in ${variable}=${port + 1}`;
}

function hold(
  port: number,
  host = LOOPBACK,
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
