import { offerWith } from '#tests/helpers/entities.ts';
import type { AccountId, TradeId, TransferId } from '../ids.ts';
import { asMinorUnits } from '../money/fiat.ts';
import { asPiconero, MAX_PICONERO } from '../money/xmr.ts';
import type { Offer } from '../offers/offers.ts';
import { asInstant, MINUTE_MS } from '../time.ts';
import { type Taking, tradeFrom } from './taking.ts';

const PRICE = 15_000n;
const NOW = asInstant(1_000);

/** Takes an offer of 10.00 to 1000.00 EUR with these fields changed. @param price in minor units */
function take(taking: Taking, changes: Partial<Offer> = {}, price = PRICE) {
  const made = { id: 'trade' as TradeId, holdId: 'hold' as TransferId, now: NOW };
  return tradeFrom(taking, offerWith(changes), asMinorUnits(price), 'taker' as AccountId, made);
}

const OUT_OF_RANGE = { refused: 'amount_out_of_range' };

test('accepts amounts from the smallest to the largest of the offer, and no others', () => {
  expect(take({ amountFiat: '9.99' })).toEqual(OUT_OF_RANGE);
  expect(take({ amountFiat: '10.00' })).toMatchObject({ amountFiat: 1_000n });
  expect(take({ amountFiat: '1000.00' })).toMatchObject({ amountFiat: 100_000n });
  expect(take({ amountFiat: '1000.01' })).toEqual(OUT_OF_RANGE);
});

test('refuses an amount of no XMR at all, and one larger than the ledger can hold', () => {
  const limits = { minFiat: asMinorUnits(0n), maxFiat: asMinorUnits(10n ** 30n) };
  expect(take({ amountFiat: '0.01' }, limits, 10n ** 20n)).toEqual(OUT_OF_RANGE);
  expect(take({ amountXmr: MAX_PICONERO }, limits)).toMatchObject({ amountPiconero: MAX_PICONERO });
  expect(take({ amountXmr: asPiconero(MAX_PICONERO + 1n) }, limits)).toEqual(OUT_OF_RANGE);
});

test('names the field whose form is wrong', () => {
  const wrong = (path: string) => ({
    refused: 'invalid_request',
    errors: [expect.objectContaining({ path })],
  });
  expect(take({})).toMatchObject(wrong('amountFiat'));
  expect(take({ amountFiat: '10.001' })).toMatchObject(wrong('amountFiat'));
  expect(take({ amountFiat: '10.00', fiatPerXmr: '150.001' })).toMatchObject(wrong('fiatPerXmr'));
});

test('refuses a paused or closed offer, and says its state', () => {
  for (const state of ['paused', 'closed'] as const)
    expect(take({ amountFiat: '10.00' }, { state })).toEqual({ refused: 'offer_not_open', state });
});

test('a trade expires when the payment window of its offer ends', () => {
  expect(take({ amountFiat: '15.00' }, { paymentWindowMinutes: 45 })).toMatchObject({
    amountPiconero: 100_000_000_000n,
    createdAt: NOW,
    paymentExpiresAt: NOW + 45 * MINUTE_MS,
  });
});

test('a trade has the terms of its offer only if there are any', () => {
  expect(take({ amountFiat: '10.00' })).toMatchObject({ terms: 'be kind' });
  expect(take({ amountFiat: '10.00' }, { terms: undefined })).not.toHaveProperty('terms');
});
