import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { operationsOn } from '#contract/index.ts';
import { PROBLEMS } from '#contract/problems.ts';
import { NETWORKS } from '#core/chain/networks.ts';
import { functions, roles, routesByFunction } from '#infra/service.ts';
import { codeRuleViolations } from './code-rules.ts';
import { decisionFaults } from './decisions.ts';
import { FOLDERS } from './files.ts';
import { breakableFrench } from './french-spaces.ts';
import { deadLinks } from './links.ts';
import { gapsInMessages } from './messages.ts';
import { namedPackageFaults } from './named-packages.ts';
import { personalDataFaults } from './personal-data.ts';
import { securityTestFaults } from './security-tests.ts';
import { routeFaults } from './served.ts';
import { stylesWithoutTokens } from './styles.ts';
import { tradeDiagramFaults } from './trade-diagram.ts';

/** One check. `complaints` resolves with its failures, a line each. */
export type Step = { name: string; complaints: (signal?: AbortSignal) => Promise<string[]> };

const root = join(import.meta.dirname, '..', '..');

const folders = [...FOLDERS, 'web/src'];

export const steps: Step[] = [
  program('format and lint', 'biome', 'ci', '--error-on-warnings', '--colors=off'),
  // Prettier formats the Svelte files, because biome does not parse all of their markup.
  program(
    'format of the markup',
    'prettier',
    '--check',
    '--cache',
    '--log-level',
    'warn',
    'web/src/**/*.svelte',
  ),
  program('types', 'tsc', '--pretty', 'false'),
  program(
    'types of the site',
    'svelte-check',
    '--workspace',
    'web',
    '--fail-on-warnings',
    '--output',
    'human',
  ),
  program(
    'imports',
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'err-long',
    ...folders,
  ),
  program('unused code', 'knip', '--no-progress'),
  { name: 'routes and grants', complaints: routesAndGrants },
  { name: 'code rules', complaints: async () => codeRuleViolations(root) },
  { name: 'messages', complaints: messagesMissing },
  { name: 'sizes in style sheets', complaints: async () => stylesWithoutTokens(root) },
  { name: 'French spaces', complaints: async () => breakableFrench(root) },
  { name: 'links', complaints: async () => deadLinks(root) },
  { name: 'personal data', complaints: async () => personalDataFaults(root) },
  { name: 'trade diagram', complaints: async () => tradeDiagramFaults(root) },
  { name: 'decisions', complaints: async () => decisionFaults(root) },
  { name: 'named packages', complaints: async () => namedPackageFaults(root) },
  { name: 'security tests', complaints: async () => securityTestFaults(root) },
];

/** Builds the functions and roles of serverless.yml, which throws if a grant names no resource. */
async function routesAndGrants(): Promise<string[]> {
  const faults = NETWORKS.flatMap((network) => {
    functions(network);
    roles(network);
    return routeFaults(operationsOn(network), routesByFunction(network));
  });
  return [...new Set(faults)];
}

async function messagesMissing(): Promise<string[]> {
  const [{ en }, { fr }] = await Promise.all([
    import('../../web/src/i18n/en/index.ts'),
    import('../../web/src/i18n/fr/index.ts'),
  ]);
  return gapsInMessages({ en, fr }, Object.keys(PROBLEMS));
}

/** A program from node_modules. It passes with exit code 0. */
function program(name: string, command: string, ...args: string[]): Step {
  return { name, complaints: (signal) => complaintsOf(command, args, signal) };
}

function complaintsOf(command: string, args: string[], signal?: AbortSignal): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const path = join(root, 'node_modules', '.bin', command);
    const child = spawn(path, args, { cwd: root, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed: Buffer[] = [];
    child.stdout.on('data', (chunk) => printed.push(chunk));
    child.stderr.on('data', (chunk) => printed.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = Buffer.concat(printed).toString().trimEnd().split('\n');
      resolve(code === 0 ? [] : [...lines, `(${command} ended with ${code})`]);
    });
  });
}
