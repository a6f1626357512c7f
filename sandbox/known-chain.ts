import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoWatchStates } from '#adapters/dynamodb/watch-states.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { compareChain } from '#core/chain/identity.ts';
import type { Network } from '#core/chain/networks.ts';

type Place = {
  nodeUrl: string;
  /** As people know it: `nodeUrl` may hold a key. */
  nodeAddress: string;
  /** How to reach the tables, and the one that holds what the watcher has read. */
  tables: ConstructorParameters<typeof DynamoDBClient>[0];
  paymentsTable: string;
  network: Network;
};

/**
 * Refuses a node whose chain is not the one that the tables speak of: deposits are coins of that chain, and on another
 * one none of them is there, and no new one is found. A node that is still reading the chain is no other one.
 *
 * @throws an Error that says what to do
 */
export async function refuseOtherChain(place: Place): Promise<void> {
  const { nodeUrl, nodeAddress, tables, paymentsTable, network } = place;
  const client = new DynamoDBClient(tables ?? {});
  try {
    const state = await dynamoWatchStates(DynamoDBDocumentClient.from(client), paymentsTable).read();
    if (!state) return;
    const chain = await compareChain(state, moneroNode(nodeUrl).blockHash);
    // A private chain is complete as it stands; a public one is still being read by a node that starts.
    const isShorter = chain.is === 'behind' && network === 'regtest';
    if (chain.is !== 'other' && !isShorter) return;
    const what =
      chain.is === 'other'
        ? `its block ${chain.at.height} is ${chain.found}, and the data speak of ${chain.at.hash}`
        : `it ends below block ${chain.is === 'behind' ? chain.remembered : 0}, which the data speak of`;
    throw new Error(
      `The node at ${nodeAddress} has another chain than this data: ${what}.\nDeposits and payouts are of one chain. Start with the node that this data was made with, name another folder (PUPERO_DATA_DIR), or begin anew: npm start -- --reset`,
    );
  } finally {
    client.destroy();
  }
}
