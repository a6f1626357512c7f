import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setFlagsFromString } from 'node:v8';
import { resetDataFolder } from '../data/data-folder.ts';
import { secretsIn } from '../data/secrets.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { prepareDemo } from './demo.ts';
import { runUntilStopped, say, secondsSoFar } from './run-until-stopped.ts';
import { summary } from './summary.ts';

async function main(args: string[]): Promise<number> {
  setFlagsFromString('--max-semi-space-size=4');
  const settings = readSettings(process.env);
  if (args.includes('--reset') && !(await reset(settings.dataDir, args.includes('--yes')))) return 0;
  const mode = args.includes('--dev') ? 'dev' : 'built';
  return run(settings, mode);
}

async function reset(dataDir: string, yes: boolean): Promise<boolean> {
  if (!yes && !process.stdin.isTTY)
    throw new Error('--reset asks for a confirmation. Without a terminal, add --yes.');
  const question = `Delete all users, trades, balances and the chain in ${dataDir}? Type "yes": `;
  if (!yes && !(await agreed(question))) {
    console.log('Nothing was deleted.');
    return false;
  }
  resetDataFolder(dataDir);
  say(`${dataDir} is empty now.`);
  return true;
}

async function agreed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}

/** Runs `npm start` or `npm run dev`, with two demo accounts. @returns the exit code */
function run(
  { tcpPorts, dataDir, mineEverySeconds, allowedHosts, own }: Settings,
  mode: 'built' | 'dev',
): Promise<number> {
  const fromSettings = { dataDir, tcpPorts, mineEverySeconds, allowedHosts, own };
  const options = { ...fromSettings, stage: 'local', runSchedulesEverySeconds: 5, mode };
  return runUntilStopped(options, async (up, isStopping) => {
    const demo = await prepareDemo(up.urls.api, secretsIn(join(dataDir, 'secrets.json')));
    if (!isStopping()) console.log(summary(up, demo, secondsSoFar()));
  });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
