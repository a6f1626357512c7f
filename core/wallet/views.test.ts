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

test('a wallet shows the deposit address that the account has, and none while the pool is empty', async () => {
  const { ports, addresses, wallet } = testWorld();
  expect(await getWallet(ports)({}, ALICE)).not.toHaveProperty('depositAddress');
  const [free] = await wallet.newSubaddresses(1);
  await addresses.addFree([free!]);
  expect(await getWallet(ports)({}, ALICE)).toMatchObject({ depositAddress: free!.address });
  expect(await addresses.ownerOf(free!.address)).toBe(ALICE.accountId);
});

test('the pages of a statement go on from the balance of the page before, whatever comes in meanwhile', async () => {
  const { ports, give, pass } = testWorld();
  for (const amount of [1n, 2n, 4n, 8n]) {
    pass(1);
    give(ALICE, amount * XMR);
  }
  const list = listEntries(ports);
  const first = await list({ page: { limit: 3 } }, ALICE);
  expect(first.items.map(({ balanceXmr }) => balanceXmr / XMR)).toEqual([15n, 7n, 3n]);
  give(ALICE, 16n * XMR);
  const second = await list({ page: { limit: 3, after: first.next! } }, ALICE);
  expect(second.items.map(({ amountXmr, balanceXmr }) => [amountXmr / XMR, balanceXmr / XMR])).toEqual([
    [1n, 1n],
  ]);
  expect(second).not.toHaveProperty('next');
});
