// Entry of `npm run test:localstack`, on plain Node 20 without dependencies. It installs missing parts, then starts
// run.ts on the project's own Node.
import '../../sandbox/bootstrap/refuse-windows.mjs';
import { join } from 'node:path';
import { handOver } from '../../sandbox/bootstrap/hand-over.mjs';
import { provideMonero } from '../../sandbox/bootstrap/monero.mjs';
import { installPackages } from '../../sandbox/bootstrap/packages.mjs';
import { installChromium } from '../bootstrap/chromium.mjs';
import { installPython } from '../bootstrap/python.mjs';

const help = `
npm run test:localstack             deploys Pupero to an emulator of AWS, tries it there, updates it, removes it
npm run test:localstack -- WORD …   of journeys and browser, only the files whose path contains a word
npm run test:localstack -- --help   this

It starts an emulator of its own (MiniStack, in a Python environment of its own, hash-pinned, with IAM enforced), or
uses yours: AWS_ENDPOINT_URL=http://127.0.0.1:4566, with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (test, if unset).
One that has CloudFront gets it with PUPERO_EDGE=cloudfront. PYTHON names the Python to use, python3 if unset.
Chain, wallets and site server are the run's own, on free ports; nothing is left behind.
`;

const root = join(import.meta.dirname, '..', '..');
const args = process.argv.slice(2);
const unknown = args.filter((arg) => arg.startsWith('-') && !['--help', '-h'].includes(arg));

if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(' ')}. See npm run test:localstack -- --help`);
  process.exit(2);
}
if (args.length > unknown.length && args.some((arg) => ['--help', '-h'].includes(arg))) {
  console.log(help);
  process.exit(0);
}

// In sequence, because Debian's package manager runs only once at a time.
const programs = async () => {
  await provideMonero(root);
  const chromium = await installChromium();
  // The linter of templates needs Python even with another emulator.
  return { CHROMIUM_BIN: chromium, PYTHON: await installPython() };
};
const [packages, found] = await Promise.allSettled([installPackages(root), programs()]);
const failures = [packages, found].filter((result) => result.status === 'rejected');
for (const { reason } of failures) console.error(reason.message);
if (failures.length > 0) process.exit(1);

handOver(root, join(root, 'tests', 'localstack', 'run.ts'), args, found.value);
