import { keyed } from '#tests/helpers/entities.ts';
import { BUYER, granted, SELLER, STRANGER, testWorld, xmr } from '#tests/helpers/world.ts';
import type { Caller } from '../caller.ts';
import { isRefusal } from '../refusal.ts';
import { listDisputes } from './list-disputes.ts';
import { resolveDispute } from './resolve-dispute.ts';

const MODERATOR = { role: 'moderator' } as const;
const ADA = STRANGER;
const EVE: Caller = { ...STRANGER, accountId: 'eve' as Caller['accountId'] };

/** A disputed trade of 2 XMR, and the use cases of arbitrators. */
async function aDispute(world = testWorld(), seller: Caller = SELLER) {
  const offer = await world.publish({ ownerId: seller.accountId });
  world.give(seller, xmr('5'));
  const taking = { offerId: offer.id, amountFiat: '300.00' };
  const { id: tradeId } = granted(await world.startTrade(taking, BUYER, keyed(BUYER)));
  await world.confirmPaymentSent({ tradeId }, BUYER);
  granted(await world.openDispute({ tradeId, reason: 'no money came' }, seller));
  const decide = (buyerXmr: string, caller = ADA, code?: string) =>
    resolveDispute(world.ports)(
      {
        tradeId,
        buyerXmr: buyerXmr === '0' ? xmr('1') - xmr('1') : xmr(buyerXmr),
        note: 'half',
        code,
      } as never,
      caller,
      MODERATOR,
    );
  const list = (state: 'open' | 'closed' = 'open', caller = ADA) =>
    listDisputes(world.ports)({ state, page: { limit: 10 } }, caller);
  return { ...world, tradeId, decide, list };
}

test.each([
  ['0', 0n, xmr('5')],
  ['0.5', xmr('0.5'), xmr('4.5')],
  ['2', xmr('2'), xmr('3')],
])('a decision for %s of 2 XMR pays both', async (part, ofBuyer, ofSeller) => {
  const { decide, balance } = await aDispute();
  const resolved = granted(await decide(part));
  expect(resolved).toMatchObject({ state: 'resolved', endedBy: 'arbitrator', role: 'arbitrator' });
  expect(balance(BUYER)).toEqual({ availablePiconero: ofBuyer, heldPiconero: 0n });
  expect(balance(SELLER)).toEqual({ availablePiconero: ofSeller, heldPiconero: 0n });
});

test('a decision is in the audit log, with its author, its reason and the amount', async () => {
  const { decide, moderation, tradeId } = await aDispute();
  await decide('0.5');
  const { items } = await moderation.log({ limit: 10 });
  expect(items).toMatchObject([
    {
      act: 'resolve',
      by: { role: 'moderator', accountId: ADA.accountId },
      tradeId,
      reason: 'half',
      buyerPiconero: xmr('0.5'),
    },
  ]);
});

test('of two arbitrators at once, one decides', async () => {
  const { decide, moderation, balance } = await aDispute();
  const answers = await Promise.all([decide('2', ADA), decide('1', EVE)]);
  expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
  expect(answers.find(isRefusal)).toEqual({ refused: 'out_of_order', state: 'resolved' });
  expect((await moderation.log({ limit: 10 })).items).toHaveLength(1);
  expect(balance(SELLER).heldPiconero).toBe(0n);
});

test('a party that gives in first leaves nothing to decide', async () => {
  const { decide, moderation, confirmPaymentReceived, tradeId, ...world } = await aDispute();
  world.between('trades', 'get', () => confirmPaymentReceived({ tradeId }, SELLER));
  expect(await decide('0')).toEqual({ refused: 'out_of_order', state: 'completed' });
  expect((await moderation.log({ limit: 10 })).items).toEqual([]);
  expect(world.balance(BUYER).availablePiconero).toBe(xmr('2'));
});

test('an arbitrator with a second factor decides with a code, and repeats a decision without one', async () => {
  const world = testWorld();
  const { caller, recoveryCodes } = await world.registerWithTotp('mod-a');
  const { decide } = await aDispute(world);
  expect(await decide('3', caller)).toEqual({ refused: 'second_factor_required' });
  expect(await decide('3', caller, recoveryCodes[0])).toEqual({ refused: 'amount_out_of_range' });
  const decided = await decide('1', caller, recoveryCodes[0]);
  expect(decided).toMatchObject({ state: 'resolved' });
  expect(await decide('1', caller)).toEqual(decided);
});

test('nobody decides on an own trade, or sees it among the disputes', async () => {
  const { decide, list } = await aDispute();
  expect(await decide('2', BUYER)).toEqual({ refused: 'not_your_step' });
  expect((await list('open', BUYER)).items).toEqual([]);
  expect((await list('open', ADA)).items).toHaveLength(1);
});

test('a dispute is open until it is decided or a party gives in', async () => {
  const { decide, list, tradeId } = await aDispute();
  expect((await list()).items).toMatchObject([{ id: tradeId, state: 'disputed', role: 'arbitrator' }]);
  expect((await list('closed')).items).toEqual([]);
  await decide('1');
  expect((await list()).items).toEqual([]);
  expect((await list('closed')).items).toMatchObject([{ id: tradeId, state: 'resolved' }]);
});

test('a buyer with a second factor agrees to the end of a paid trade with a code, and the seller without one', async () => {
  const world = testWorld();
  const { caller, recoveryCodes } = await world.registerWithTotp('guarded');
  const { tradeId } = await aDispute(world, caller);
  await world.requestCancellation({ tradeId }, BUYER);
  expect(await world.acceptCancellation({ tradeId }, caller)).toMatchObject({
    state: 'cancelled',
    endedBy: 'both',
  });

  const offer = await world.publish({ ownerId: SELLER.accountId });
  world.give(SELLER, xmr('5'));
  const taking = { offerId: offer.id, amountFiat: '300.00' };
  const { id } = granted(await world.startTrade(taking, caller, keyed(caller)));
  await world.confirmPaymentSent({ tradeId: id }, caller);
  await world.requestCancellation({ tradeId: id }, SELLER);
  expect(await world.acceptCancellation({ tradeId: id }, caller)).toEqual({
    refused: 'second_factor_required',
  });
  expect(await world.acceptCancellation({ tradeId: id, code: recoveryCodes[0]! }, caller)).toMatchObject({
    state: 'cancelled',
    endedBy: 'both',
    cancellationAskedBy: 'seller',
  });
});
