import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS, filesUnder } from './files.ts';

const root = join(import.meta.dirname, '..', '..');

/** Private keys in PEM, private members of a JSON Web Key, and keys of AWS. */
const SECRET = /BEGIN [A-Z ]*PRIVATE KEY|\bd['"]?: ?['"][\w-]{43}['"]|\bAKIA[0-9A-Z]{16}\b/;

test('no file has a private key, except the published examples of AWS and RFC 8037', () => {
  const files = filesUnder(root, [...FOLDERS, 'web/src']);
  expect(files.length).toBeGreaterThan(500);
  const found = files.filter((file) => SECRET.test(readFileSync(join(root, file), 'utf8')));
  expect(found).toEqual(['adapters/storage/presigned.test.ts', 'tests/package/packages.ts']);
});
