import { keyed } from '#tests/helpers/entities.ts';
import { ALICE, BOB, testWorld, XMR } from '#tests/helpers/world.ts';
import type { Caller } from '../caller.ts';
import { NETWORKS } from '../chain/networks.ts';
import { asPiconero } from '../money/xmr.ts';
import { DAY_MS } from '../time.ts';
import { drawFaucet } from './draw-faucet.ts';
import { mineBlocks } from './mine-blocks.ts';
import type { SandboxPorts } from './ports.ts';

/** A port that fails the test if it is used. */
const unused = new Proxy({}, { get: (_, name) => expect(name).toBe('not used') });

test.each(NETWORKS.filter((network) => network !== 'regtest'))(
  'on %s the faucet and mining are not found, and no port is used',
  async (network) => {
    const ports = {
      network,
      faucet: unused,
      miner: unused,
      heartbeats: unused,
      ledger: unused,
      deposits: unused,
      addresses: unused,
    } as unknown as SandboxPorts;
    const remember = () => expect('remember').toBe('not used') as never;
    const drawn = drawFaucet(ports)({ amountXmr: asPiconero(1n) }, {} as Caller, { remember });
    expect(await drawn).toMatchObject({ refused: 'not_found' });
    expect(await mineBlocks(ports)({ count: 1 })).toMatchObject({ refused: 'not_found' });
  },
);

/** A faucet with this stock in XMR. `draw` draws whole XMR, for Alice by default. */
async function aFaucet(stock = 500n) {
  const world = testWorld();
  const { faucet } = world;
  await faucet.restock({ from: await faucet.stock(), change: asPiconero(stock * XMR), height: 1 });
  const draw = (amount: bigint, caller = ALICE, key?: string) =>
    drawFaucet(world.ports)({ amountXmr: asPiconero(amount * XMR) }, caller, keyed(caller, key));
  const left = async () => (await faucet.stock()).leftPiconero / XMR;
  return { ...world, draw, left };
}

test('a draw moves XMR from the stock to the account, and answers with the new balance', async () => {
  const { draw, left, balance } = await aFaucet();
  expect(await draw(3n)).toMatchObject({ network: 'regtest', availableXmr: 3n * XMR, heldXmr: 0n });
  expect(await draw(4n)).toMatchObject({ availableXmr: 7n * XMR });
  expect(balance(ALICE).availablePiconero).toBe(7n * XMR);
  expect(await left()).toBe(493n);
});

test('answers with the balance after the draw when money comes in between reading and writing', async () => {
  const { draw, between, give, balance } = await aFaucet();
  between('ledger', 'balance', async () => give(ALICE, 2n * XMR));
  expect(await draw(3n)).toMatchObject({ availableXmr: 5n * XMR });
  expect(balance(ALICE).availablePiconero).toBe(5n * XMR);
});

test('allows at most 10 XMR a draw', async () => {
  const { draw, balance } = await aFaucet();
  expect(await draw(11n)).toMatchObject({ refused: 'amount_out_of_range', detail: 'at most 10 XMR a draw' });
  expect(balance(ALICE).availablePiconero).toBe(0n);
  expect(await draw(10n)).toMatchObject({ availableXmr: 10n * XMR });
});

test('allows each account at most 100 XMR a day', async () => {
  const { draw, pass, balance } = await aFaucet();
  for (let drawn = 0; drawn < 100; drawn += 10) await draw(10n);
  expect(await draw(1n)).toMatchObject({ refused: 'amount_out_of_range', detail: 'at most 100 XMR a day' });
  expect(balance(ALICE).availablePiconero).toBe(100n * XMR);
  expect(await draw(10n, BOB)).toMatchObject({ availableXmr: 10n * XMR });
  pass(DAY_MS);
  expect(await draw(1n)).toMatchObject({ availableXmr: 101n * XMR });
});

test('refuses a draw above the stock, and says that blocks fill it', async () => {
  const { draw, left } = await aFaucet(2n);
  const refused = await draw(3n);
  expect(refused).toMatchObject({ refused: 'dependency_unavailable' });
  expect(refused).toMatchObject({ detail: expect.stringContaining('until blocks are mined') });
  expect(await left()).toBe(2n);
});

test('draws once for one idempotency key', async () => {
  const { draw, balance } = await aFaucet();
  await draw(3n, ALICE, 'key');
  expect(await draw(3n, ALICE, 'key')).toEqual({ refused: 'idempotency_key_reused' });
  expect(balance(ALICE).availablePiconero).toBe(3n * XMR);
});

test('thirty draws of one account at once are all made', async () => {
  const { draw, balance } = await aFaucet();
  await Promise.all(Array.from({ length: 30 }, () => draw(1n)));
  expect(balance(ALICE).availablePiconero).toBe(30n * XMR);
});
