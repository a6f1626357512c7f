import { type Halts, NO_HALTS } from '#core/halts/halts.ts';
import type { AuditEntryId } from '#core/ids.ts';
import { hold } from '#core/ledger/ledger.ts';
import type { AuditEntry } from '#core/moderation/audit-log.ts';
import { asInstant } from '#core/time.ts';
import { holdOf, tradeEvent } from '#core/trades/trades.ts';
import { fresh, offerWith, rememberedFor, tradeWith } from '#tests/helpers/entities.ts';
import { give, type Stores, stores } from './stores.ts';

const since = asInstant(1_000);

describe.each(stores)('halts (%s)', (_, open) => {
  let own: Stores;
  beforeEach(async () => {
    own = await open();
  });

  const entry = (): AuditEntry => ({
    id: fresh<AuditEntryId>(),
    at: asInstant(1_000),
    by: { role: 'operator' },
    act: 'halt',
    halt: 'takes',
    reason: 'a bug',
  });
  const write = (halts: Halts) => own.moderation.act({ entry: entry(), halts });
  const takes = { reason: 'a bug', since };

  test('are stored with their audit entry, and one of two changes from the same version is written', async () => {
    expect(await own.halts.read()).toEqual(NO_HALTS);
    expect(await write({ takes, version: 1 })).toBeUndefined();
    expect(await write({ version: 1 })).toBe('changed_since');
    expect(await own.halts.read()).toEqual({ takes, version: 1 });
    const payouts = { reason: 'low on coins', since };
    expect(await write({ payouts, version: 2 })).toBeUndefined();
    expect(await own.halts.read()).toEqual({ payouts, version: 2 });
    const { items } = await own.moderation.log({ limit: 10 });
    expect(items).toMatchObject([{ act: 'halt', halt: 'takes' }, { act: 'halt' }]);
  });

  test('refuse every trade of whatever id from the moment they are written, and none afterwards', async () => {
    const offer = offerWith();
    await own.offers.add(offer);
    const start = async () => {
      const trade = tradeWith({ offerId: offer.id, sellerId: offer.ownerId });
      await give(own, offer.ownerId, trade.amountPiconero);
      return own.trades.start({
        trade,
        taken: offer,
        moves: [hold(holdOf(trade))],
        events: [tradeEvent('trade_started', trade)],
        remembered: rememberedFor(trade.buyerId),
        maxOpen: { untilFirstCompleted: 99, afterwards: 99 },
      });
    };
    expect(await start()).toBeUndefined();
    await write({ takes, version: 1 });
    // Ids are spread over the copies of the halts.
    for (let n = 0; n < 10; n += 1) expect(await start()).toBe('halted');
    await write({ version: 2 });
    expect(await start()).toBeUndefined();
  });
});
