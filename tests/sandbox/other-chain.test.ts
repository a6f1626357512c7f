// A data folder whose tables belong to one chain starts on another one, such as a chain that began again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoWatchStates } from '#adapters/dynamodb/watch-states.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { rememberChain } from '#core/chain/identity.ts';
import { asInstant } from '#core/time.ts';
import type { Sandbox } from '#sandbox/options.ts';
import { startSandbox } from '#sandbox/sandbox.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'pupero-test-chain-'));
const start = () => startSandbox({ stage: 'test-chain', dataDir, parts: ['dynamodb', 'chain'] });

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** As the watcher does after it has read the whole chain. */
async function readChain({ env }: Sandbox) {
  const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID!, secretAccessKey: env.AWS_SECRET_ACCESS_KEY! };
  const client = documentClient({
    endpoint: env.AWS_ENDPOINT_URL_DYNAMODB!,
    region: 'us-east-1',
    credentials,
  });
  const node = moneroNode(env.MONERO_NODE_URL!);
  const { height, topHash: hash } = await node.status();
  const memory = await rememberChain({ anchors: [] }, { height: height - 1, hash }, node.blockHash);
  const states = dynamoWatchStates(client, env.PAYMENTS_TABLE!);
  const history = { historyStart: 0, historyHeight: 0, historyAt: asInstant(0) };
  await states.save({ ...memory, ...history, height, version: 1 });
  client.destroy();
}

test('refuses data of one chain on another one, with instructions', async () => {
  const first = await start();
  await readChain(first);
  await first.stop();
  const again = await start();
  await again.stop();

  rmSync(join(dataDir, 'chain'), { recursive: true });
  await expect(start()).rejects.toThrow(/another chain than this data: .*PUPERO_DATA_DIR.*--reset/s);
});
