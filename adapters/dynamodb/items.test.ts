import { pageOf, readerOf, rowsOf } from './items.ts';

const whole = { pk: 'THING#1', name: 'one', amount: 5n };
const broken = { pk: 'THING#2', name: 'two', amount: '5' };
const amountOf = (item: typeof whole | typeof broken) => readerOf(item).piconero('amount');

test('reports an unreadable row beside the others, with its key and attribute', () => {
  const { items, unreadable } = rowsOf([broken, whole], amountOf as never);
  expect(items).toEqual([5n]);
  expect(unreadable.map(({ message }) => message)).toEqual(['stored item THING#2: amount must be an amount']);
});

test('leaves an unreadable row out of a page, and logs it', () => {
  const logged: unknown[] = [];
  const log = { error: (message: string, ids: object) => void logged.push({ message, ...ids }) };
  expect(pageOf([broken, whole], amountOf as never, log)).toEqual([5n]);
  expect(logged).toMatchObject([{ message: 'unreadable row' }]);
});

test.each([1n, 'true', null])('a mark is never %p', (max) => {
  expect(() => readerOf({ pk: 'THING#1', max }).isMarked('max')).toThrow('max must be true, false or absent');
});

test('reads a mark that is set, cleared or absent', () => {
  expect(readerOf({ pk: 'THING#1', max: false }).isMarked('max')).toBe(false);
  expect(readerOf({ pk: 'THING#1', max: true }).isMarked('max')).toBe(true);
  expect(readerOf({ pk: 'THING#1' }).isMarked('max')).toBe(false);
});

test.each([1.5, 2n ** 60n, '1'])('an integer is never %p', (height) => {
  expect(() => readerOf({ pk: 'THING#1', height }).integer('height')).toThrow('height must be an integer');
});
