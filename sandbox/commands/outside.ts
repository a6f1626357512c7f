import { join } from 'node:path';
import type { Uint64 } from '#adapters/monero/exact-json.ts';
import { shownUrl } from '#adapters/secrets/urls.ts';
import { asPiconero, formatXmr } from '#core/money/xmr.ts';
import { addressOf, outsideAddressIn, withOutsideWallet } from '../chain/outside-wallet.ts';
import type { WalletRpc } from '../chain/wallet-rpc.ts';
import { answers } from '../processes/http.ts';
import { Team } from '../processes/team.ts';
import { readSettings } from '../settings/settings.ts';

type Arrived = { txid: string; amount: Uint64; confirmations?: number };

async function main(): Promise<void> {
  const { dataDir, own, tcpPorts } = readSettings(process.env);
  const folder = join(dataDir, 'outside');
  const nodeUrl = own.nodeUrl ?? `http://127.0.0.1:${tcpPorts.node}`;
  if (!outsideAddressIn(folder)) throw new Error(`${dataDir} has no outside wallet yet: npm start makes it.`);
  await answers(`${nodeUrl}/get_info`).catch(() => {
    throw new Error(`No node answers at ${shownUrl(nodeUrl)}: the sandbox must be running.`);
  });
  const team = new Team({ say: () => {}, onLost: () => {} });
  try {
    console.log(await withOutsideWallet({ folder, nodeUrl, team }, statementOf));
  } finally {
    await team.stop();
  }
}

async function statementOf(rpc: WalletRpc): Promise<string> {
  await rpc.call('refresh', {}, 120_000);
  const asked = { in: true, pool: true, account_index: 0 };
  const transfers = await rpc.call<{ in?: Arrived[]; pool?: Arrived[] }>('get_transfers', asked);
  const arrived = [...(transfers.in ?? []), ...(transfers.pool ?? [])];
  const lines = arrived.map(
    ({ txid, amount, confirmations = 0 }) =>
      `  ${formatXmr(asPiconero(BigInt(amount)))} XMR, ${confirmations} confirmations, ${txid}`,
  );
  return [await addressOf(rpc), ...(lines.length > 0 ? lines : ['  Nothing arrived yet.'])].join('\n');
}

// Ends when the IPC channel closes, because nothing is lost by an early end. The channel itself does not keep the
// process running.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
