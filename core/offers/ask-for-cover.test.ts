import { OWNER, STRANGER } from '#tests/helpers/world.ts';
import { type StoredEvent, transferEvent } from '../events/events.ts';
import type { AccountId, TradeId, TransferId } from '../ids.ts';
import { asInstant } from '../time.ts';
import { askForCover } from './ask-for-cover.ts';

function aQueue() {
  const asked: AccountId[] = [];
  const ask = askForCover({ send: async (accountId) => void asked.push(accountId) });
  return { asked, ask };
}

const traded = (type: 'trade_started' | 'trade_payment_sent'): StoredEvent => ({
  type,
  tradeId: 'trade' as TradeId,
  accountIds: [OWNER.accountId, STRANGER.accountId],
  version: 1,
  at: asInstant(1),
  requestId: 'none',
});

test('asks for each account whose balance an event changes', async () => {
  const { asked, ask } = aQueue();
  await ask(traded('trade_started'));
  await ask({ ...transferEvent('t' as TransferId, OWNER.accountId, asInstant(1)), requestId: 'none' });
  expect(asked).toEqual([OWNER.accountId, STRANGER.accountId, OWNER.accountId]);
});

test('asks for nobody where no XMR moves', async () => {
  const { asked, ask } = aQueue();
  await ask(traded('trade_payment_sent'));
  expect(asked).toEqual([]);
});
