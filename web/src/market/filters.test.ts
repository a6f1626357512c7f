import { type Filters, filtersFrom, offerSide, queryOf, wantOf } from './filters.ts';

const beginning: Filters = { want: 'buy', currency: 'EUR', amount: '', method: '', sort: 'price' };

test('whoever wants to buy looks at offers that sell, and the other way round', () => {
  expect([offerSide('buy'), offerSide('sell')]).toEqual(['sell', 'buy']);
  expect([wantOf('sell'), wantOf('buy')]).toEqual(['buy', 'sell']);
});

test('filters survive the address, amounts as they were written', () => {
  const filters: Filters = {
    want: 'sell',
    currency: 'JPY',
    amount: '100.50',
    method: 'sepa',
    sort: 'newest',
  };
  expect(filtersFrom(new URLSearchParams(queryOf(filters)))).toEqual(filters);
  expect(queryOf(beginning)).toBe('');
});

test('what no filter can be is left out', () => {
  expect(filtersFrom(new URLSearchParams('want=steal&currency=XXX&sort=worst'))).toEqual(beginning);
});
