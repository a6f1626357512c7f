import { type Filters, filtersFrom, offerSide, queryOf, wantOf } from './filters.ts';

const DEFAULTS: Filters = { want: 'buy', currency: 'EUR', amount: '', method: '', sort: 'price' };

test('buyers see offers to sell, and sellers see offers to buy', () => {
  expect([offerSide('buy'), offerSide('sell')]).toEqual(['sell', 'buy']);
  expect([wantOf('sell'), wantOf('buy')]).toEqual(['buy', 'sell']);
});

test('filters survive a round trip through the address', () => {
  const filters: Filters = {
    want: 'sell',
    currency: 'JPY',
    amount: '100.50',
    method: 'sepa',
    sort: 'newest',
  };
  expect(filtersFrom(new URLSearchParams(queryOf(filters)))).toEqual(filters);
  expect(queryOf(DEFAULTS)).toBe('');
});

test('ignores values that are not filters', () => {
  expect(filtersFrom(new URLSearchParams('want=steal&currency=XXX&sort=worst'))).toEqual(DEFAULTS);
});
