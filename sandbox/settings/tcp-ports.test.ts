import { createServer, type Server } from 'node:net';
import {
  freeTcpPort,
  settleTcpPorts,
  type TcpPorts,
  takenSentence,
  tcpPortNames,
  tcpPortTable,
} from './tcp-ports.ts';

const allFree = Object.fromEntries(tcpPortNames.map((name) => [name, 0])) as TcpPorts;

async function holding<Result>(count: number, use: (ports: number[]) => Promise<Result>): Promise<Result> {
  const servers: Server[] = [];
  const ports: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const [server, port] = [createServer(), await freeTcpPort()];
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    servers.push(server);
    ports.push(port);
  }
  try {
    return await use(ports);
  } finally {
    for (const server of servers) server.close();
  }
}

test('0 becomes a free port, another for each', async () => {
  const ports = Object.values(await settleTcpPorts(allFree, tcpPortNames));
  expect(new Set(ports).size).toBe(tcpPortNames.length);
  expect(Math.min(...ports)).toBeGreaterThan(0);
});

test('every taken port is named, with the variable that moves it', async () => {
  await holding(2, async ([api = 0, node = 0]) => {
    const refused = await settleTcpPorts({ ...allFree, api, node }, tcpPortNames).catch(
      (error: Error) => error.message,
    );
    expect(String(refused).split('\n')).toEqual([
      `Port ${api} (the API) is taken. Free it, or set PUPERO_API_PORT to another, as in PUPERO_API_PORT=${api + 1}`,
      expect.stringContaining(
        `Port ${node} (${tcpPortTable.node.what}) is taken. Free it, or set MONEROD_RPC_PORT`,
      ),
    ]);
  });
});

test("a port whose part is one's own is not looked at", async () => {
  await holding(1, async ([node = 0]) => {
    const needed = tcpPortNames.filter((name) => name !== 'node');
    expect((await settleTcpPorts({ ...allFree, node }, needed)).node).toBe(node);
  });
});

test('on macOS the sentence names AirPlay, which takes port 5000 there', () => {
  expect(takenSentence('site', 5000, 'darwin')).toMatch(/AirPlay Receiver.*PUPERO_SITE_PORT=5001/);
  expect(takenSentence('site', 5000, 'linux')).not.toMatch(/AirPlay/);
  expect(takenSentence('api', 8000, 'darwin')).not.toMatch(/AirPlay/);
});
