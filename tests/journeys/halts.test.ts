import { admin } from '#tests/helpers/admin.ts';
import { invoke } from '#tests/helpers/chain.ts';
import { client } from '#tests/helpers/client.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { outcomes } from '#tests/helpers/outcomes.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, type Person, people, person } from '#tests/helpers/person.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';
import { until } from '#tests/helpers/until.ts';

const OFF = { on: false } as const;
let boss: Person;

beforeAll(async () => {
  boss = await person();
  await admin('grant', boss.username, 'admin');
  await boss.logIn({ login: boss.username, password: boss.password });
});

// Every other story trades, too.
afterEach(async () => {
  await boss.updateHalts({ offers: OFF, takes: OFF, payouts: OFF });
});

const halt = (name: 'offers' | 'takes' | 'payouts', reason: string) =>
  boss.updateHalts({ [name]: { on: true, reason } });

test('only an admin halts, everybody reads the reason, and the audit log has both acts', async () => {
  const member = await person();
  await expectProblem(member.getHalts(), 403, 'not_allowed');
  await expectProblem(member.updateHalts({ takes: { on: true, reason: 'x' } }), 403, 'not_allowed');
  await expectProblem(boss.updateHalts({ takes: { on: true } }), 400, 'invalid_request', {
    errorPaths: ['takes.reason'],
  });
  expect(await halt('takes', 'We look into a bug.')).toMatchObject({
    offers: OFF,
    takes: { on: true, reason: 'We look into a bug.' },
  });
  const { status, warnings } = await client().getHealth();
  expect(warnings).toContainEqual({ code: 'halted', halt: 'takes', message: 'We look into a bug.' });
  expect(status).toBe('ok');
  await boss.updateHalts({ takes: { on: false, reason: 'Mended.' } });
  expect((await client().getHealth()).warnings ?? []).not.toContainEqual(
    expect.objectContaining({ code: 'halted' }),
  );
  const { items } = await boss.listAuditLog({ limit: '2' });
  expect(items).toMatchObject([
    { by: boss.username, act: 'resume', halt: 'takes', reason: 'Mended.' },
    { by: boss.username, act: 'halt', halt: 'takes', reason: 'We look into a bug.' },
  ]);
});

test('while takes are halted no trade starts, and open ones end as usual', async () => {
  const { seller, buyer, offer, trade } = await aTrade();
  await halt('takes', 'a bug');
  const taken = buyer.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey());
  await expectProblem(taken, 503, 'halted', { state: 'takes' });
  await buyer.confirmPaymentSent({ tradeId: trade.id });
  await seller.confirmPaymentReceived({ tradeId: trade.id });
  expect(await buyer.wallet()).toMatchObject({ availableXmr: '2' });
  expect(await seller.wallet()).toMatchObject({ availableXmr: '3', heldXmr: '0' });
  await boss.updateHalts({ takes: OFF });
  await buyer.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey());
});

test('when takes and a halt race, takes before it stand, and none succeeds after it', async () => {
  const seller = await person().then((one) => one.withFunds('10'));
  const { id: offerId } = await anOffer(seller);
  const takers = await people(6);
  const take = (taker: Person) => taker.startTrade({ offerId, amountXmr: '1' }, aKey());
  const racing = takers.map(take);
  const halted = halt('takes', 'a race');
  const { given, codes } = await outcomes(racing);
  await halted;
  expect(codes.filter((code) => code !== 'halted')).toEqual([]);
  const heldXmr = String(given);
  expect(await seller.wallet()).toMatchObject({ availableXmr: String(10 - given), heldXmr });
  await expectProblem(take(takers[0]!), 503, 'halted');
  expect(await seller.wallet()).toMatchObject({ heldXmr });
});

test('while offers are halted none comes onto the market, and owners may pause and close', async () => {
  const owner = await person();
  const [one, two] = [await anOffer(owner, { side: 'buy' }), await anOffer(owner, { side: 'buy' })];
  await halt('offers', 'a flood');
  for (const refused of [
    () => anOffer(owner, { side: 'buy' }),
    () => owner.updateOffer({ offerId: one.id, version: 1, maxFiat: '50.00' }),
    () => owner.resumeMyOffers(),
  ])
    await expectProblem(refused(), 503, 'halted', { state: 'offers' });
  await owner.updateOffer({ offerId: one.id, version: 1, state: 'paused' });
  await owner.closeOffer({ offerId: two.id });
  expect((await owner.listMyOffers()).items.map(({ state }) => state)).toEqual(['closed', 'paused']);
});

test('while payouts are halted nothing can be withdrawn, and afterwards it is paid', async () => {
  const someone = await person().then((one) => one.withFunds('3'));
  const address = await payee.newAddress();
  const withdraw = () => someone.requestWithdrawal({ address, amountXmr: '1' }, aKey());
  await halt('payouts', 'low on coins');
  await expectProblem(withdraw(), 503, 'halted', { state: 'payouts' });
  expect(await someone.wallet()).toMatchObject({ availableXmr: '3', heldXmr: '0' });

  await boss.updateHalts({ payouts: OFF });
  const { id: withdrawalId } = await withdraw();
  await until(
    async () => (await someone.getWithdrawal({ withdrawalId })).state,
    (state) => state === 'broadcast',
  );
});

test('withdrawals that are queued before a halt are paid before it, or wait and are paid after it', async () => {
  const payers = await Promise.all([1, 2, 3].map(() => person().then((one) => one.withFunds('1'))));
  const address = await payee.newAddress();
  const asked = await Promise.all(
    payers.map(async (someone) => {
      const { id: withdrawalId } = await someone.requestWithdrawal({ address, amountXmr: '0.5' }, aKey());
      return { someone, withdrawalId };
    }),
  );
  await halt('payouts', 'low on coins');
  const statesOf = () =>
    Promise.all(
      asked.map(async ({ someone, withdrawalId }) => (await someone.getWithdrawal({ withdrawalId })).state),
    );
  // A payment that was stored before the halt is finished.
  const settled = await until(statesOf, (states) => !states.includes('prepared'));
  await invoke('followWithdrawals');
  expect(await statesOf()).toEqual(settled);
  const waiting = settled.filter((state) => state === 'queued').length;
  expect(await payee.arrivedAt(address)).toHaveLength(asked.length - waiting);

  await boss.updateHalts({ payouts: OFF });
  await until(
    async () => {
      await invoke('followWithdrawals');
      return statesOf();
    },
    (states) => states.every((state) => state === 'broadcast'),
    { withinMs: 120_000, everyMs: 1_000 },
  );
  expect(await payee.arrivedAt(address)).toHaveLength(asked.length);
}, 180_000);
