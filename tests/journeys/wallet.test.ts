import { invoke } from '#tests/helpers/chain.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { aKey, person } from '#tests/helpers/person.ts';
import { aTrade } from '#tests/helpers/trade.ts';

beforeAll(() => invoke('watchDeposits'));

test('a new wallet is empty and has a deposit address', async () => {
  const { wallet, newDepositAddress } = await person();
  const before = await wallet();
  expect(before).toMatchObject({
    network: 'regtest',
    availableXmr: '0',
    heldXmr: '0',
    pendingDepositsXmr: '0',
    depositAddress: expect.stringMatching(/^8[1-9A-HJ-NP-Za-km-z]{94}$/),
  });
  expect(await wallet()).toEqual(before);

  const { depositAddress } = await newDepositAddress();
  expect(depositAddress).not.toBe(before.depositAddress);
  expect(await wallet()).toMatchObject({ depositAddress });
});

test('the faucet gives at most 10 XMR a draw and 100 a day', async () => {
  const someone = await person();
  const draw = (amountXmr: string) => someone.drawFaucet({ amountXmr }, aKey());
  await expectProblem(draw('10.000000000001'), 422, 'amount_out_of_range');
  expect(await draw('0.000000000001')).toMatchObject({ availableXmr: '0.000000000001' });

  await someone.withFunds('99.999999999999');

  expect(await someone.wallet()).toMatchObject({ availableXmr: '100' });
  await expectProblem(draw('0.000000000001'), 422, 'amount_out_of_range');
});

test('ten simultaneous draws with one key are one draw', async () => {
  const someone = await person();
  const key = aKey();
  const draws = Array.from({ length: 10 }, () => someone.drawFaucet({ amountXmr: '1.5' }, key));
  for (const answer of await Promise.all(draws)) expect(answer).toMatchObject({ availableXmr: '1.5' });
  expect(await someone.wallet()).toMatchObject({ availableXmr: '1.5' });
});

test('of twenty simultaneous draws, ten succeed within the daily limit', async () => {
  const someone = await person();
  const draws = Array.from({ length: 20 }, () => someone.drawFaucet({ amountXmr: '10' }, aKey()));
  const results = await Promise.allSettled(draws);
  const given = results.filter(({ status }) => status === 'fulfilled').length;
  const { availableXmr } = await someone.wallet();
  expect(Number(availableXmr)).toBe(given * 10);
  expect(given).toBeLessThanOrEqual(10);
});

test('a keyed operation needs a valid idempotency key', async () => {
  const someone = await person();
  await expectProblem(someone.drawFaucet({ amountXmr: '1' }), 400, 'idempotency_key_missing');
  const long = someone.drawFaucet({ amountXmr: '1' }, { idempotencyKey: 'x'.repeat(65) });
  await expectProblem(long, 400, 'idempotency_key_missing');
});

test('the statement has every movement with the balance after it, newest first, in pages', async () => {
  const { seller, trade } = await aTrade({ amountXmr: '2', sellerStartsWith: '15', state: 'completed' });
  const whole = await seller.listEntries();
  expect(whole.items).toMatchObject([
    {
      kind: 'trade',
      direction: 'out',
      status: 'posted',
      amountXmr: '2',
      balanceXmr: '13',
      tradeId: trade.id,
    },
    { kind: 'faucet', direction: 'in', status: 'posted', amountXmr: '5', balanceXmr: '15' },
    { kind: 'faucet', direction: 'in', status: 'posted', amountXmr: '10', balanceXmr: '10' },
  ]);

  const first = await seller.listEntries({ limit: '1' });
  const rest = await seller.listEntries({ limit: '2', cursor: first.nextCursor });
  expect([...first.items, ...rest.items]).toEqual(whole.items);
  expect(whole.nextCursor).toBeUndefined();
});

test('only its owner sees a wallet', async () => {
  const [rich, other] = await Promise.all([person().then((one) => one.withFunds('5')), person()]);
  await rich.withFunds('5');
  const { nextCursor = '' } = await rich.listEntries({ limit: '1' });
  await expectProblem(other.listEntries({ cursor: nextCursor }), 400, 'invalid_cursor');
  expect((await other.listEntries()).items).toEqual([]);
});

test('blocks are mined on demand', async () => {
  const { mineBlocks } = await person();
  const { height } = await mineBlocks({ count: 1 });
  expect(await mineBlocks({ count: 3 })).toEqual({ height: height + 3 });
});
