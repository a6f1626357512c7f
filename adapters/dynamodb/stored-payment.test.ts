import { readPayment, type StoredPayment, storedPayment } from './stored-payment.ts';

const payment = { blob: '0200ff', keyImages: ['00aa', 'bb11'] };

test('a payment is stored as bytes, and read as the hex that it was', () => {
  const stored = storedPayment(payment);
  expect(stored.blob).toHaveLength(3);
  expect(readPayment(stored)).toEqual(payment);
});

test('a row of before, which has the hex itself, is read as it is', () => {
  expect(readPayment(payment as unknown as StoredPayment)).toEqual(payment);
});
