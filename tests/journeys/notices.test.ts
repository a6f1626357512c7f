import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { person } from '#tests/helpers/person.ts';
import { aTrade } from '#tests/helpers/trade.ts';

test('each party is told of the steps of the other, and reads them once', async () => {
  const { seller, buyer, trade } = await aTrade({
    amountXmr: '1',
    sellerStartsWith: '2',
    state: 'payment_sent',
  });
  const { items } = await seller.listNotices();
  expect(items.slice(0, 2)).toMatchObject([
    { kind: 'trade_payment_sent', tradeId: trade.id, read: false },
    { kind: 'trade_started', tradeId: trade.id, read: false },
  ]);
  expect(await seller.getMe()).toMatchObject({ unreadNotices: items.length });
  expect((await buyer.listNotices()).items.filter(({ tradeId }) => tradeId)).toEqual([]);

  await seller.readNotices({ upTo: items[0]!.id });
  expect(await seller.getMe()).toMatchObject({ unreadNotices: 0 });
  await seller.confirmPaymentReceived({ tradeId: trade.id });
  expect((await seller.listNotices()).items.map(({ read }) => read)).toEqual(items.map(() => true));
  const [told] = (await buyer.listNotices()).items;
  expect(told).toMatchObject({ kind: 'trade_completed', tradeId: trade.id, read: false });
  await expectProblem(buyer.readNotices({ upTo: '999999999999999-x' as never }), 400, 'invalid_request');
});

test('the choice of notices is the own account’s, and part of its export', async () => {
  const [someone, other] = [await person(), await person()];
  const chosen = { email: ['deposit_credited'], browser: [] } as const;
  await someone.updateNoticeSettings({ email: [...chosen.email], browser: [] });
  expect(await someone.getNoticeSettings()).toEqual(chosen);
  expect(await other.getNoticeSettings()).not.toEqual(chosen);
  const { items } = await someone.exportMe();
  expect(items).toContainEqual({ kind: 'notice_settings', settings: chosen });
  await expectProblem(
    someone.updateNoticeSettings({ email: ['password_changed'] as never }),
    400,
    'invalid_request',
  );
});
