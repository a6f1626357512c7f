import type { DomainEvent } from '#core/events/events.ts';
import type { AccountId } from '#core/ids.ts';
import { hold } from '#core/ledger/ledger.ts';
import { asInstant } from '#core/time.ts';
import { advance } from '#core/trades/rules.ts';
import { holdOf, type Trade, tradeEvent } from '#core/trades/trades.ts';
import { fresh, member, offerWith, rememberedFor, tradeWith } from '#tests/helpers/entities.ts';
import { give, type Stores, stores } from './stores.ts';

const offer = offerWith();
const LATER = asInstant(2_000_000);

const aTrade = (sellerId: AccountId, createdAt = asInstant(1_000)): Trade =>
  tradeWith({
    offerId: offer.id,
    sellerId,
    paymentExpiresAt: asInstant(1_000_000),
    createdAt,
    changedAt: createdAt,
  });

describe.each(stores)('the outbox in %s', (_, open) => {
  let own: Stores;
  beforeAll(async () => {
    own = await open();
    await own.offers.add(offer);
  });

  const start = (trade: Trade) =>
    own.trades.start({
      trade,
      taken: offer,
      moves: [hold(holdOf(trade))],
      events: [tradeEvent('trade_started', trade)],
      remembered: rememberedFor(trade.buyerId),
      maxOpen: { untilFirstCompleted: 2, afterwards: 3 },
    });

  async function aSeller(): Promise<AccountId> {
    const account = fresh<AccountId>();
    await give(own, account, 10n);
    return account;
  }

  const waiting = async ({ id }: Trade, before = LATER) =>
    (await own.outbox.pending(before, 100)).items.filter(
      (event) => 'tradeId' in event && event.tradeId === id,
    );

  const stored = (event: DomainEvent) => ({ ...event, requestId: 'none' });

  test('stores an event with its effect, in the order of time, until it is removed', async () => {
    const trade = aTrade(await aSeller());
    await start(trade);
    const sent = advance(trade, { name: 'confirmPaymentSent' }, member(trade.buyerId), {
      now: asInstant(1_500),
    });
    if (sent === 'done' || 'refused' in sent) throw new Error('no such step');
    await own.trades.save(sent);
    const [started, paid] = [
      tradeEvent('trade_started', trade),
      tradeEvent('trade_payment_sent', sent.next, trade.buyerId),
    ];
    expect(await waiting(trade)).toEqual([stored(started), stored(paid)]);

    await own.outbox.remove(stored(started));
    await own.outbox.remove(stored(started));
    expect(await waiting(trade)).toEqual([stored(paid)]);
  });

  test('stores no event of a change that is refused', async () => {
    const poor = aTrade(fresh<AccountId>());
    expect(await start(poor)).toBe('insufficient_funds');
    expect(await waiting(poor)).toEqual([]);

    const trade = aTrade(await aSeller());
    await start(trade);
    const cancelled = advance(trade, { name: 'cancelTrade' }, member(trade.buyerId), {
      now: asInstant(1_500),
    });
    const sent = advance(trade, { name: 'confirmPaymentSent' }, member(trade.buyerId), {
      now: asInstant(1_500),
    });
    if (cancelled === 'done' || 'refused' in cancelled || sent === 'done' || 'refused' in sent)
      throw new Error('no such step');
    await own.trades.save(cancelled);
    expect(await own.trades.save(sent)).toBe('changed_since');
    expect(await waiting(trade)).toMatchObject([{ type: 'trade_started' }, { type: 'trade_cancelled' }]);
  });

  test('leaves out events from the given time on', async () => {
    const trade = aTrade(await aSeller(), asInstant(5_000));
    await start(trade);
    expect(await waiting(trade, asInstant(5_000))).toEqual([]);
    expect(await waiting(trade, asInstant(5_001))).toHaveLength(1);
  });

  test('returns the oldest events up to the limit', async () => {
    for (const at of [7_000, 6_000, 8_000]) await start(aTrade(await aSeller(), asInstant(at)));
    const times = (await own.outbox.pending(LATER, 3)).items.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times).toHaveLength(3);
  });
});
