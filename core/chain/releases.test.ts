import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS_BEFORE_0_18_4, oldMoneroWarning } from './releases.ts';

test.each([
  ['0.18.4.0', 65_564],
  ['0.18.5.3', 65_568],
])('%s has no known faults', (_, interfaceVersion) => {
  expect(oldMoneroWarning(interfaceVersion)).toBeUndefined();
});

test.each([
  ['0.18.0.0', 65_561],
  ['the last release before 0.18.4', 65_563],
])('%s is warned of in one line, with each of its faults once', (_, interfaceVersion) => {
  const [, faults] =
    /^monero-wallet-rpc is older than 0\.18\.4, and known to be wrong: (.*)\.$/.exec(
      oldMoneroWarning(interfaceVersion)!,
    ) ?? [];
  expect(faults?.split('; ')).toEqual(FAULTS_BEFORE_0_18_4);
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
