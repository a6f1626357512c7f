import type { ApiClient } from '#contract/client.ts';
import type { TradeId } from '#core/ids.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { person } from '#tests/helpers/person.ts';
import { aTrade } from '#tests/helpers/trade.ts';

const steps = ['confirmPaymentSent', 'confirmPaymentReceived', 'cancelTrade'] as const;
type Step = (typeof steps)[number];
type State = NonNullable<NonNullable<Parameters<typeof aTrade>[0]>['state']>;

const otherParty: [Step, 'buyer' | 'seller'][] = [
  ['confirmPaymentSent', 'seller'],
  ['confirmPaymentReceived', 'buyer'],
  ['cancelTrade', 'seller'],
];

test.each(otherParty)('refuses %s by the %s', async (step, role) => {
  const story = await aTrade({ state: 'payment_sent' });
  await expectProblem(story[role][step]({ tradeId: story.trade.id }), 403, 'not_your_step');
  expect(await story.seller.wallet()).toMatchObject({ availableXmr: '3', heldXmr: '2' });
});

const outOfOrder: [Step, 'buyer' | 'seller', State][] = [
  ['confirmPaymentReceived', 'seller', 'awaiting_payment'],
  ['confirmPaymentReceived', 'seller', 'cancelled'],
  ['confirmPaymentSent', 'buyer', 'cancelled'],
  ['cancelTrade', 'buyer', 'completed'],
];

test.each(outOfOrder)('refuses %s by the %s in %s as out of order', async (step, role, state) => {
  const story = await aTrade({ state });
  const before = await story.seller.wallet();

  await expectProblem(story[role][step]({ tradeId: story.trade.id }), 409, 'out_of_order', { state });

  expect(await story.buyer.getTrade({ tradeId: story.trade.id })).toEqual(story.trade);
  expect(await story.seller.wallet()).toEqual(before);
});

const repeated: [Step, 'buyer' | 'seller', State][] = [
  ['confirmPaymentSent', 'buyer', 'payment_sent'],
  ['confirmPaymentSent', 'buyer', 'completed'],
  ['confirmPaymentReceived', 'seller', 'completed'],
  ['cancelTrade', 'buyer', 'cancelled'],
];

test.each(repeated)(
  'answers a repeated %s by the %s in %s without a second effect',
  async (step, role, state) => {
    const story = await aTrade({ state });
    const before = await story.seller.wallet();

    const again = await story[role][step]({ tradeId: story.trade.id });

    expect(again).toEqual({ ...story.trade, role });
    expect(await story.seller.wallet()).toEqual(before);
  },
);

test('a step that is sent ten times simultaneously happens once', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => seller.confirmPaymentReceived({ tradeId: trade.id })),
  );
  expect(new Set(answers.map(({ version }) => version)).size).toBe(1);
  expect(await buyer.wallet()).toMatchObject({ availableXmr: '2' });
  expect((await buyer.listEntries()).items).toHaveLength(1);
});

test('of a simultaneous cancellation and confirmation one wins, and the other is out of order', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
  const one = { tradeId: trade.id };
  const [received, cancelled] = await Promise.allSettled([
    seller.confirmPaymentReceived(one),
    buyer.cancelTrade(one),
  ]);
  expect([received.status, cancelled.status].sort()).toEqual(['fulfilled', 'rejected']);
  const { state } = await buyer.getTrade(one);
  const loser = received.status === 'rejected' ? received : (cancelled as PromiseRejectedResult);
  await expectProblem(Promise.reject(loser.reason), 409, 'out_of_order', { state });
  const sellerHas = state === 'completed' ? '3' : '5';
  expect(await seller.wallet()).toMatchObject({ availableXmr: sellerHas, heldXmr: '0' });
});

test.each(['getTrade', ...steps] as const)(
  '%s does not find the trade of others, or one that does not exist',
  async (name) => {
    const [{ trade }, stranger] = await Promise.all([aTrade({ state: 'payment_sent' }), person()]);
    const ask: ApiClient[typeof name] = stranger[name];
    await expectProblem(ask({ tradeId: trade.id }), 404, 'not_found');
    await expectProblem(ask({ tradeId: 'no-such-trade' as TradeId }), 404, 'not_found');
  },
);
