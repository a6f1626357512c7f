import { interpolate, variablesIn } from './interpolate.ts';

const environment = { IMAGE: 'monerod:1', EMPTY: '', PRICE: 'a$b' };

test.each([
  ['$IMAGE and ${IMAGE}', 'monerod:1 and monerod:1'],
  ['$$IMAGE, $${IMAGE}, 5 $', '$IMAGE, ${IMAGE}, 5 $'],
  ['${PRICE} is not read twice', 'a$b is not read twice'],
  ['[${UNSET}$EMPTY]', '[]'],
  ['${UNSET:-a:b}, ${EMPTY:-c}, ${IMAGE:-d}', 'a:b, c, monerod:1'],
  ['${UNSET-a}, [${EMPTY-b}]', 'a, []'],
  ['${UNSET:-${IMAGE:-x}}, ${UNSET:-}', 'monerod:1, '],
  ['${IMAGE:+a}, [${EMPTY:+a}], ${EMPTY+a}, [${UNSET+a}]', 'a, [], a, []'],
  ['${IMAGE:?say which}, [${EMPTY?say which}]', 'monerod:1, []'],
])('%s', (text, meant) => {
  expect(interpolate(text, environment)).toBe(meant);
});

test.each(['${UNSET:?is not set}', '${UNSET?is not set}', '${EMPTY:?is not set}'])('%s throws', (text) => {
  expect(() => interpolate(text, environment)).toThrow(/^(UNSET|EMPTY) is not set$/);
});

test('every variable is found, with what stands for it', () => {
  expect(variablesIn('$A ${B:-x${C:?say}} $$D $${E}')).toEqual([
    { name: 'A', operator: '', word: '' },
    { name: 'B', operator: ':-', word: 'x${C:?say}' },
    { name: 'C', operator: ':?', word: 'say' },
  ]);
});
