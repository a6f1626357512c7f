import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoWatchStates } from '#adapters/dynamodb/watch-states.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { compareChain } from '#core/chain/identity.ts';
import { tableNames } from '#stage/resources.ts';
import { addressesOf, awsClientSettings, endpointsOf, type SandboxContext } from '../context.ts';

/**
 * Refuses a node whose chain is not the chain of the stored data, because deposits are coins of one chain. A public
 * node that still downloads the chain is accepted.
 *
 * @param tables resolves once the tables exist; without tables nothing is compared
 * @throws an Error with instructions
 */
export async function refuseOtherChain(
  context: SandboxContext,
  tables: Promise<void> | undefined,
): Promise<void> {
  if (!tables) return;
  await tables;
  const { dynamodbUrl, nodeUrl } = endpointsOf(context);
  const client = documentClient(awsClientSettings(dynamodbUrl));
  try {
    const paymentsTable = tableNames(context.stage).PAYMENTS_TABLE!;
    const state = await dynamoWatchStates(client, paymentsTable).read();
    if (!state) return;
    const chain = await compareChain(state, moneroNode(nodeUrl).blockHash);
    // A private chain is always complete, so a shorter one is another chain. A public one may still be downloaded.
    const isShorter = chain.is === 'behind' && context.network === 'regtest';
    if (chain.is !== 'other' && !isShorter) return;
    const difference =
      chain.is === 'other'
        ? `its block ${chain.at.height} is ${chain.found}, and the data speak of ${chain.at.hash}`
        : `it ends below block ${chain.is === 'behind' ? chain.remembered : 0}, which the data speak of`;
    throw new Error(
      `The node at ${addressesOf(context).nodeUrl} has another chain than this data: ${difference}.\nDeposits and payouts belong to one chain. Start with the node of this data, choose another folder (PUPERO_DATA_DIR), or start again with npm start -- --reset`,
    );
  } finally {
    client.destroy();
  }
}
