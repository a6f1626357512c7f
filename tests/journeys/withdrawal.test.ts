import { asPiconero, formatXmr, parseXmr } from '#core/money/xmr.ts';
import { invoke, mine } from '#tests/helpers/chain.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { until } from '#tests/helpers/until.ts';

type Id = Awaited<ReturnType<Person['getWithdrawal']>>['id'];

const CONFIRMATIONS = 10;
const piconero = (xmr: string) => BigInt(parseXmr(xmr));
const minus = (xmr: string, ...less: string[]) =>
  formatXmr(asPiconero(less.reduce((rest, one) => rest - piconero(one), piconero(xmr))));

const paid = (someone: Person, withdrawalId: Id) =>
  until(
    () => someone.getWithdrawal({ withdrawalId }),
    ({ state }) => state !== 'queued' && state !== 'prepared',
  );

const message = (withdrawalId: string, copy: number) => ({
  messageId: `copy-${copy}`,
  body: JSON.stringify({ withdrawalId }),
});

test('the requested amount arrives outside once and in full, and the unused fee is returned', async () => {
  const someone = await person().then((one) => one.withFunds('5'));
  const address = await payee.newAddress();
  const quote = await someone.quoteWithdrawal({ address, amountXmr: '2' });
  expect(quote).toMatchObject({ amountXmr: '2', internal: false });
  expect(minus(quote.totalXmr, quote.feeXmr)).toBe('2');

  const asked = await someone.requestWithdrawal({ address, amountXmr: '2' }, aKey());
  expect(asked).toMatchObject({
    state: 'queued',
    address,
    amountXmr: '2',
    internal: false,
    confirmations: 0,
  });
  expect(await someone.wallet()).toMatchObject({
    availableXmr: minus('5', quote.totalXmr),
    heldXmr: quote.totalXmr,
  });

  const broadcast = await paid(someone, asked.id);
  expect(broadcast).toMatchObject({ state: 'broadcast', txid: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(await payee.arrivedAt(address)).toEqual([{ txid: broadcast.txid, amountXmr: '2' }]);

  await mine(CONFIRMATIONS);
  await invoke('followWithdrawals');
  const confirmed = await someone.getWithdrawal({ withdrawalId: asked.id });
  expect(confirmed).toMatchObject({ state: 'confirmed', txid: broadcast.txid });
  expect(piconero(confirmed.feeXmr)).toBeLessThanOrEqual(piconero(quote.feeXmr));
  expect(await someone.wallet()).toMatchObject({
    availableXmr: minus('5', '2', confirmed.feeXmr),
    heldXmr: '0',
  });
  expect(await payee.arrivedAt(address)).toEqual([{ txid: broadcast.txid, amountXmr: '2' }]);
  expect((await someone.listWithdrawals()).items).toEqual([confirmed]);
});

test('a message that is delivered three times, also simultaneously and after the confirmation, pays once', async () => {
  const someone = await person().then((one) => one.withFunds('3'));
  const address = await payee.newAddress();
  const { id } = await someone.requestWithdrawal({ address, amountXmr: '1' }, aKey());
  const deliver = (copy: number) => invoke('payWithdrawals', { Records: [message(id, copy)] });
  await Promise.all([deliver(1), deliver(2), deliver(3)]);
  const { txid } = await paid(someone, id);
  await deliver(4);
  await mine(CONFIRMATIONS);
  await Promise.all([invoke('followWithdrawals'), invoke('followWithdrawals')]);
  await deliver(5);

  expect(await someone.getWithdrawal({ withdrawalId: id })).toMatchObject({ state: 'confirmed', txid });
  expect(await payee.arrivedAt(address)).toEqual([{ txid, amountXmr: '1' }]);
});

test('ten simultaneous requests with one key make one withdrawal', async () => {
  const someone = await person().then((one) => one.withFunds('3'));
  const address = await payee.newAddress();
  const [key, body] = [aKey(), { address, amountXmr: '1' }];
  const answers = await Promise.all(Array.from({ length: 10 }, () => someone.requestWithdrawal(body, key)));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect((await someone.listWithdrawals()).items).toHaveLength(1);
  await paid(someone, answers[0]!.id);
  expect(await payee.arrivedAt(address)).toHaveLength(1);
});

test('a withdrawal to another member is settled in the ledger, at once and without a fee', async () => {
  const [giver, taker] = await Promise.all([person().then((one) => one.withFunds('3')), person()]);
  const address = await taker.depositAddress();
  expect(await giver.quoteWithdrawal({ address, amountXmr: '3' })).toEqual({
    amountXmr: '3',
    feeXmr: '0',
    totalXmr: '3',
    internal: true,
  });

  const given = await giver.requestWithdrawal({ address, amountXmr: '3' }, aKey());

  expect(given).toMatchObject({ state: 'confirmed', internal: true, feeXmr: '0' });
  expect(given.txid).toBeUndefined();
  expect(await giver.wallet()).toMatchObject({ availableXmr: '0', heldXmr: '0' });
  expect(await taker.wallet()).toMatchObject({ availableXmr: '3', pendingDepositsXmr: '0' });
  const { items: entries } = await taker.listEntries();
  expect(entries).toMatchObject([{ kind: 'internal', direction: 'in', amountXmr: '3' }]);
  expect(entries[0]).not.toHaveProperty('withdrawalId');
  expect((await giver.listEntries()).items[0]).toMatchObject({ withdrawalId: given.id });
});

test('a withdrawal of the whole balance pays amount and fee from it and leaves exactly 0', async () => {
  const someone = await person().then((one) => one.withFunds('5'));
  const address = await payee.newAddress();
  const quote = await someone.quoteWithdrawal({ address, max: true });
  expect(quote).toMatchObject({ totalXmr: '5', amountXmr: minus('5', quote.feeXmr), internal: false });

  const { id } = await someone.requestWithdrawal({ address, max: true }, aKey());
  expect(await someone.wallet()).toMatchObject({ availableXmr: '0', heldXmr: '5' });
  const { txid, amountXmr, feeXmr } = await paid(someone, id);
  expect(amountXmr).toBe(minus('5', feeXmr));
  expect(piconero(amountXmr)).toBeGreaterThanOrEqual(piconero(quote.amountXmr));
  await mine(CONFIRMATIONS);
  await invoke('followWithdrawals');

  expect(await someone.getWithdrawal({ withdrawalId: id })).toMatchObject({
    state: 'confirmed',
    amountXmr,
    feeXmr,
  });
  expect(await payee.arrivedAt(address)).toEqual([{ txid, amountXmr }]);
  expect(await someone.wallet()).toMatchObject({ availableXmr: '0', heldXmr: '0' });
  expect((await someone.listEntries()).items).toMatchObject([
    { kind: 'network_fee', status: 'posted', amountXmr: feeXmr, balanceXmr: '0' },
    { kind: 'withdrawal', status: 'posted', amountXmr, balanceXmr: feeXmr },
    { kind: 'faucet', balanceXmr: '5' },
  ]);
});

test('the whole balance to another member leaves exactly 0, without a fee', async () => {
  const [giver, taker] = await Promise.all([person().then((one) => one.withFunds('3')), person()]);
  const address = await taker.depositAddress();
  const given = await giver.requestWithdrawal({ address, max: true }, aKey());
  expect(given).toMatchObject({ state: 'confirmed', internal: true, amountXmr: '3', feeXmr: '0' });
  expect(await giver.wallet()).toMatchObject({ availableXmr: '0', heldXmr: '0' });
  expect(await taker.wallet()).toMatchObject({ availableXmr: '3' });
});

test('refuses an amount together with max, neither of them, and max of an empty balance', async () => {
  const someone = await person();
  const address = await payee.newAddress();
  const wrong = { errorPaths: ['amountXmr'] };
  await expectProblem(someone.quoteWithdrawal({ address }), 400, 'invalid_request', wrong);
  const both = { address, amountXmr: '1', max: true } as const;
  await expectProblem(someone.requestWithdrawal(both, aKey()), 400, 'invalid_request', wrong);
  await expectProblem(someone.quoteWithdrawal({ address, max: true }), 409, 'insufficient_funds');
  await expectProblem(someone.requestWithdrawal({ address, max: true }, aKey()), 409, 'insufficient_funds');
});
