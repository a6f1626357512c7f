import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { dynoxideBinary } from './dynamodb.ts';

const house = mkdtempSync(join(tmpdir(), 'pupero-engines-'));
const { PATH } = process.env;
afterEach(() => {
  process.env.PATH = PATH;
});
afterAll(() => rmSync(house, { recursive: true }));

/** Puts an npm before the real one. */
function npmThat(script: string) {
  const bin = join(house, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'npm'), 0o755);
  process.env.PATH = `${bin}${delimiter}${PATH}`;
}

test('an engine that cannot be installed is told with npm’s own reason', () => {
  npmThat(`echo "npm error code E404" >&2; echo "npm error 404 Not Found - $6" >&2
    echo "npm error A complete log of this run can be found in: /home/us/.npm/_logs/x-debug-0.log" >&2; exit 1`);
  const install = () => dynoxideBinary('darwin-arm64', house);
  expect(install).toThrow(
    /@dynoxide\/darwin-arm64@\S+\) cannot be installed\. npm says:\n {4}code E404\n {4}404 Not Found/,
  );
  expect(install).not.toThrow(/complete log|does not come/);
  npmThat('echo "getaddrinfo ENOTFOUND"; exit 1');
  expect(install).toThrow(/npm says:\n {4}getaddrinfo ENOTFOUND\n/);
});

test('an engine that npm installs is used', () => {
  npmThat(
    'mkdir -p node_modules/@dynoxide/linux-riscv64; touch node_modules/@dynoxide/linux-riscv64/dynoxide',
  );
  const path = join(house, 'node_modules', '@dynoxide', 'linux-riscv64', 'dynoxide');
  expect(dynoxideBinary('linux-riscv64', house)).toBe(path);
  process.env.PATH = '';
  expect(dynoxideBinary('linux-riscv64', house)).toBe(path);
});
