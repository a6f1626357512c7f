import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58xmr } from '@scure/base';
import { madeUpAddress } from '#adapters/memory/house-wallet.ts';
import { keyed } from '#tests/helpers/entities.ts';
import { ALICE, BOB, OUTSIDE, testWorld, XMR } from '#tests/helpers/world.ts';
import type { WithdrawalId } from '../ids.ts';
import { asPiconero, formatXmr, MAX_PICONERO } from '../money/xmr.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { getWithdrawal } from './get-withdrawal.ts';
import { MAX_QUEUED_WITHDRAWALS, SMALLEST_WITHDRAWAL_PICONERO } from './limits.ts';
import { listWithdrawals } from './list-withdrawals.ts';
import type { WithdrawalPorts } from './ports.ts';
import { quoteWithdrawal } from './quote-withdrawal.ts';
import { requestWithdrawal } from './request-withdrawal.ts';

const TESTNET = madeUpAddress(1, 63);

async function aWorld() {
  const world = testWorld();
  world.give(ALICE, 10n * XMR);
  await world.addresses.addFree(await world.wallet.newSubaddresses(3));
  const own = (await world.addresses.currentOrFirst(ALICE.accountId))!;
  const bobs = (await world.addresses.currentOrFirst(BOB.accountId))!;
  const house = await world.wallet.primaryAddress();
  await world.addresses.addHouse(house);
  return { world, own, bobs, house };
}

function ask({ ports }: { ports: WithdrawalPorts }, address: string, amount: bigint = XMR, key = 'key') {
  const asked = { address, amountXmr: asPiconero(amount) };
  return requestWithdrawal(ports)(asked, ALICE, keyed(ALICE, key));
}

test('refuses in the order of the API, and holds nothing', async () => {
  const { world, own, house } = await aWorld();
  const untouched = world.balance();
  const locked = {
    ports: { ...world.ports, stepUp: async () => refusal('second_factor_required') },
  };
  expect(await ask(locked, 'no address', 100n * XMR)).toEqual({ refused: 'second_factor_required' });
  expect(await ask(world, 'no address', 100n * XMR)).toEqual({ refused: 'invalid_address' });
  expect(await ask(world, TESTNET, 100n * XMR)).toEqual({ refused: 'wrong_network' });
  expect(await ask(world, own, 100n * XMR)).toEqual({ refused: 'own_address' });
  expect(await ask(world, house)).toMatchObject({ refused: 'own_address' });
  expect(await ask(world, OUTSIDE, MAX_PICONERO)).toMatchObject({ refused: 'amount_out_of_range' });
  expect(await ask(world, OUTSIDE, 10n * XMR)).toEqual({ refused: 'insufficient_funds' });
  expect(world.balance()).toEqual(untouched);
  expect(world.queue.messages).toEqual([]);
});

/** The same keys under another prefix: 18 a standard address, 19 an integrated one, 42 a subaddress. */
function inForm(address: string, prefix: 18 | 19 | 42): string {
  const keys = base58xmr.decode(address).subarray(1, 65);
  const content = Uint8Array.of(prefix, ...keys, ...(prefix === 19 ? Array(8).fill(7) : []));
  return base58xmr.encode(Uint8Array.of(...content, ...keccak_256(content).subarray(0, 4)));
}

test.each([18, 19, 42] as const)(
  'the keys decide who owns an address, also with prefix %i',
  async (prefix) => {
    const { world, own, bobs, house } = await aWorld();
    expect(await ask(world, inForm(own, prefix))).toEqual({ refused: 'own_address' });
    expect(await ask(world, inForm(house, prefix))).toMatchObject({ refused: 'own_address' });
    expect(await ask(world, inForm(bobs, prefix))).toMatchObject({ state: 'confirmed', internal: true });
    expect(world.queue.messages).toEqual([]);
  },
);

test('refuses withdrawals before the watcher’s first round, because no price is known', async () => {
  const { world } = await aWorld();
  const early = {
    ports: { ...world.ports, heartbeats: { ...world.heartbeats, read: async () => undefined } },
  };
  expect(await ask(early, OUTSIDE)).toEqual({ refused: 'dependency_unavailable' });
});

test('settles a payment to a member in the ledger, at once and without a fee', async () => {
  const { world, bobs } = await aWorld();
  expect(await ask(world, bobs)).toMatchObject({ state: 'confirmed', internal: true, feeXmr: 0n });
  expect(world.balance()).toEqual({ availablePiconero: 9n * XMR, heldPiconero: 0n });
  expect(world.balance(BOB).availablePiconero).toBe(XMR);
  expect(world.queue.messages).toEqual([]);
});

test('refuses less than the smallest withdrawal, also to members', async () => {
  const { world, bobs } = await aWorld();
  const quote = quoteWithdrawal(world.ports);
  for (const address of [OUTSIDE, bobs]) {
    const tooLittle = SMALLEST_WITHDRAWAL_PICONERO - 1n;
    const errors = [{ path: 'amountXmr', message: 'must be at least 0.001' }];
    const refused = { refused: 'amount_out_of_range', errors };
    expect(await ask(world, address, tooLittle)).toMatchObject(refused);
    const quoted = quote({ address, amountXmr: asPiconero(tooLittle) }, ALICE);
    expect(await quoted).toMatchObject(refused);
    expect(await ask(world, address, SMALLEST_WITHDRAWAL_PICONERO, address)).toHaveProperty('state');
  }
});

test('refuses a sixth queued withdrawal, and accepts payments to members', async () => {
  const { world, bobs } = await aWorld();
  const little = SMALLEST_WITHDRAWAL_PICONERO;
  const keys = [...Array(MAX_QUEUED_WITHDRAWALS).keys()].map((n) => `key-${n}`);
  for (const key of keys) expect(await ask(world, OUTSIDE, little, key)).toMatchObject({ state: 'queued' });
  expect(await ask(world, OUTSIDE, little, 'sixth')).toEqual({ refused: 'too_many_open' });
  expect(await ask(world, bobs, little, 'inside')).toMatchObject({ state: 'confirmed' });
});

test('accepts one of two requests at once with one idempotency key', async () => {
  const { world } = await aWorld();
  const answers = await Promise.all([ask(world, OUTSIDE), ask(world, OUTSIDE)]);
  expect(answers.filter(isRefusal)).toEqual([{ refused: 'idempotency_key_reused' }]);
  expect(world.balance().heldPiconero).toBe(XMR + 240_000_000n);
  expect(world.queue.messages).toHaveLength(1);
});

test('accepts a withdrawal while the queue cannot be reached', async () => {
  const { world } = await aWorld();
  const send = async () => Promise.reject(new Error('ECONNREFUSED'));
  const answer = await ask({ ports: { ...world.ports, queue: { ...world.queue, send } } }, OUTSIDE);
  expect(answer).toMatchObject({ state: 'queued' });
});

test('shows a withdrawal to its owner only', async () => {
  const { world } = await aWorld();
  const answer = await ask(world, OUTSIDE);
  const withdrawalId = (answer as { id: WithdrawalId }).id;
  expect(await getWithdrawal(world.ports)({ withdrawalId }, ALICE)).toMatchObject({
    id: withdrawalId,
    state: 'queued',
  });
  expect(await getWithdrawal(world.ports)({ withdrawalId }, BOB)).toEqual({ refused: 'not_found' });
  expect(await listWithdrawals(world.ports)({ page: { limit: 5 } }, BOB)).toEqual({ items: [] });
});

test('quotes amount and held fee, and no fee for payments to members', async () => {
  const { world, bobs } = await aWorld();
  const quote = quoteWithdrawal(world.ports);
  const amountXmr = asPiconero(XMR);
  expect(await quote({ address: OUTSIDE, amountXmr }, ALICE)).toEqual({
    amountXmr,
    feeXmr: 240_000_000n,
    totalXmr: XMR + 240_000_000n,
    internal: false,
  });
  expect(await quote({ address: bobs, amountXmr }, ALICE)).toMatchObject({
    feeXmr: 0n,
    internal: true,
  });
});

test('quotes at most the largest amount of the ledger, its fee included', async () => {
  const { world } = await aWorld();
  const quote = quoteWithdrawal(world.ports);
  const most = asPiconero(MAX_PICONERO - 240_000_000n);
  expect(await quote({ address: OUTSIDE, amountXmr: most }, ALICE)).toMatchObject({ totalXmr: MAX_PICONERO });
  const more = await quote({ address: OUTSIDE, amountXmr: asPiconero(most + 1n) }, ALICE);
  expect(more).toMatchObject({
    refused: 'amount_out_of_range',
    errors: [{ path: 'amountXmr', message: `must be at most ${formatXmr(most)}` }],
  });
});

test('a code of the second factor is spent with the withdrawal, and not with a refused one', async () => {
  const world = testWorld();
  const { caller, recoveryCodes } = await world.registerWithTotp('ann');
  world.give(caller, 10n * XMR);
  const askWith = (code: string, amount: bigint) => {
    const asked = { address: OUTSIDE, amountXmr: asPiconero(amount), code };
    return requestWithdrawal(world.ports)(asked, caller, keyed(caller));
  };
  const [code] = recoveryCodes;
  expect(await askWith(code!, 10n * XMR)).toEqual({ refused: 'insufficient_funds' });
  expect(await askWith(code!, XMR)).toMatchObject({ state: 'queued' });
  expect(await askWith(code!, XMR)).toEqual({ refused: 'wrong_second_factor' });
  expect(world.balance(caller).heldPiconero).toBe(XMR + 240_000_000n);
});

test('refuses everything when the balance keeps changing between reading and holding', async () => {
  const { world } = await aWorld();
  let reads = 0;
  const balance: typeof world.ledger.balance = async (account) => {
    const read = await world.ledger.balance(account);
    reads += 1;
    world.give(ALICE, XMR);
    return read;
  };
  const ports = { ...world.ports, ledger: { ...world.ledger, balance } };
  const asked = requestWithdrawal(ports)({ address: OUTSIDE, max: true }, ALICE, keyed(ALICE));
  expect(await asked).toEqual({ refused: 'insufficient_funds' });
  expect(reads).toBe(8);
  expect(world.balance().heldPiconero).toBe(0n);
});
