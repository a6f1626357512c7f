import { isUnavailable } from '#core/unavailable.ts';
import { Contended, retryOnConflict } from './retry-on-conflict.ts';

test('repeats an attempt until its write comes first', async () => {
  let writes = 0;
  const attempt = async () => (++writes < 5 ? 'changed_since' : writes);
  expect(await retryOnConflict('trade 1', attempt)).toBe(5);
});

test('gives up on a thing that keeps changing, as on an unavailable dependency', async () => {
  const given = retryOnConflict('trade 1', async () => 'changed_since');
  await expect(given).rejects.toBeInstanceOf(Contended);
  await expect(given).rejects.toThrow('trade 1 changed 40 times while it was being read');
  expect(isUnavailable(new Contended('x'))).toBe(true);
});
