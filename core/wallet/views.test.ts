import * as contract from '#contract/wallet.ts';
import { onTheWire } from '#tests/helpers/wire.ts';
import { ALICE, testWorld, XMR } from '#tests/helpers/world.ts';
import { getWallet } from './get-wallet.ts';
import { listEntries } from './list-entries.ts';

test('a wallet on the wire has the fields of the contract', async () => {
  const world = testWorld();
  world.give(ALICE, 2n * XMR);
  const wallet = await getWallet(world.ports)({}, ALICE);
  expect(onTheWire(contract.getWallet, wallet)).toEqual({
    network: 'regtest',
    availableXmr: '2',
    heldXmr: '0',
    pendingDepositsXmr: '0',
  });
});

test('an entry on the wire has the fields of the contract and no other stored field', async () => {
  const world = testWorld();
  world.give(ALICE, 2n * XMR);
  for (const [id, transfer] of world.books.transfers)
    world.books.transfers.set(id, { ...transfer, ...{ internalNote: 'secret' } });
  const entries = await listEntries(world.ports)({ page: { limit: 10 } }, ALICE);
  expect(onTheWire(contract.listEntries, entries)).toEqual({
    items: [
      {
        id: expect.any(String),
        at: expect.any(String),
        kind: 'faucet',
        direction: 'in',
        status: 'posted',
        amountXmr: '2',
        balanceXmr: '2',
      },
    ],
  });
});
