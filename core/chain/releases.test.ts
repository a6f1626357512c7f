import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS_BEFORE_0_18_4, oldMoneroWarning } from './releases.ts';

test.each([
  ['0.18.4.0', 65_564],
  ['0.18.5.3', 65_568],
])('%s has no known faults', (_, interfaceVersion) => {
  expect(oldMoneroWarning(interfaceVersion)).toBeUndefined();
});

test('0.18.0.0 is warned of, with each of its faults', () => {
  const warning = oldMoneroWarning(65_561);
  for (const fault of FAULTS_BEFORE_0_18_4) expect(warning).toContain(fault);
});

test.each(['production.md', 'production.fr.md'])('docs/%s names each fault', (page) => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', page), 'utf8').replaceAll(
    /\s+/g,
    ' ',
  );
  const names = FAULTS_BEFORE_0_18_4.map(
    (fault) => /[a-z]+(?:_[a-z]+)+|130,890|86 bloc|crash/.exec(fault)![0],
  );
  for (const name of names) expect(text.replaceAll('130 890', '130,890')).toContain(name);
});
