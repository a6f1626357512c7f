import { summaryOf } from './history.ts';

const points = (...prices: string[]) =>
  prices.map((fiatPerXmr, hour) => ({ at: `2026-11-29T0${hour}:00:00.000Z`, fiatPerXmr }));

test('has the ends, the extremes and the change of a history', () => {
  const [first, low, high, last] = points('150.00', '149.99', '160.01', '151.50');
  expect(summaryOf([first!, low!, high!, last!], 'EUR')).toEqual({ first, last, low, high, changeBp: 100 });
});

test('reads three decimals, and a fall', () => {
  expect(summaryOf(points('50.000', '49.500'), 'KWD')).toMatchObject({ changeBp: -100 });
});

test('is absent without a price, and still for one', () => {
  expect(summaryOf([], 'EUR')).toBeUndefined();
  expect(summaryOf(points('150.00'), 'EUR')).toMatchObject({ changeBp: 0 });
});
