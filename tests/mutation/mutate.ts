import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A domain's report, as Stryker writes it (mutation-testing-report-schema). */
type Report = { files: Record<string, { mutants: { status: string }[] }> };

const packages = 'tests/mutation/node_modules';

/** The domains of the core that have tests. */
const domains = readdirSync('core', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => readdirSync(`core/${name}`).some((file) => file.endsWith('.test.ts')));

/** Runs a program, of which only errors are shown. @throws if it fails */
async function run(program: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`);
}

/** Plants faults in a domain. @throws if Stryker cannot run, for instance because a test fails without a fault */
async function mutate(domain: string): Promise<Report> {
  const config = 'tests/mutation/stryker.config.mjs';
  await run(`${packages}/.bin/stryker`, ['run', config], { MUTATED_DOMAIN: domain });
  return JSON.parse(readFileSync(`test-results/mutation/${domain}/report.json`, 'utf8')) as Report;
}

function countOf(report: Report) {
  const all = Object.values(report.files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...statuses: string[]) => all.filter((status) => statuses.includes(status)).length;
  const found = count('Killed', 'Timeout');
  return { found, planted: found + count('Survived', 'NoCoverage') };
}

type Line = { name: string; found: number; planted: number; seconds: number };

const say = ({ name, found, planted, seconds }: Line) => {
  const percent = ((100 * found) / planted).toFixed(1).padStart(5);
  console.log(`${name.padEnd(12)} ${percent} %  ${found} of ${planted} faults found, ${seconds} s`);
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !domains.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no domain ${unknown.join(', ')}. Domains: ${domains.join(', ')}`);

if (!existsSync(packages)) await run('npm', ['ci', '--no-audit', '--no-fund', '--prefix', 'tests/mutation']);

const all: Line = { name: 'together', found: 0, planted: 0, seconds: 0 };
for (const name of wanted.length > 0 ? wanted : domains) {
  const begun = performance.now();
  const { found, planted } = countOf(await mutate(name));
  const seconds = Math.round((performance.now() - begun) / 1000);
  say({ name, found, planted, seconds });
  all.found += found;
  all.planted += planted;
  all.seconds += seconds;
}
say(all);
console.log('The survivors are in test-results/mutation/<domain>/report.html');
