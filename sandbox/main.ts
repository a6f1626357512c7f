import { createInterface } from 'node:readline/promises';
import { setFlagsFromString } from 'node:v8';
import { resetDataFolder } from './data-folder.ts';
import { prepareDemo } from './demo.ts';
import type { Sandbox } from './options.ts';
import { startSandbox } from './sandbox.ts';
import { readSettings, type Settings } from './settings.ts';
import { summary } from './summary.ts';

const begun = performance.now();
const say = (line: string) => {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${line.replaceAll('\n', '\n          ')}`);
};

async function main(args: string[]): Promise<number> {
  setFlagsFromString('--max-semi-space-size=4');
  const settings = readSettings(process.env);
  if (args.includes('--reset') && !(await reset(settings.dataDir, args.includes('--yes')))) return 0;
  const mode = args.includes('--dev') ? 'dev' : 'built';
  return run(settings, mode);
}

async function reset(dataDir: string, yes: boolean): Promise<boolean> {
  if (!yes && !process.stdin.isTTY) throw new Error('--reset asks first; without a terminal, add --yes.');
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

/** Runs until a signal, or until a part is lost for good; returns the exit code. */
async function run(settings: Settings, mode: 'built' | 'dev'): Promise<number> {
  const { ports, dataDir, mineEverySeconds, own } = settings;
  const abort = new AbortController();
  let sandbox: Sandbox | undefined;
  let asked = 0;
  const ended = new Promise<number>((resolve) => {
    const onSignal = () => {
      asked += 1;
      // Where nothing can be asked yet, our own end is what the watchdog acts upon.
      if (asked > 1) return sandbox ? sandbox.killNow() : process.exit(1);
      say('Stopping; everything is kept for the next start.');
      if (sandbox) sandbox.stop().then(() => resolve(0));
      else abort.abort();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
    process.on('disconnect', onSignal);
    const onLost = (error: Error) => {
      say(`${error.message}\nEverything was stopped.`);
      resolve(1);
    };
    const more = { say, onLost, signal: abort.signal, lookEverySeconds: 5 };
    startSandbox({ stage: 'local', dataDir, ports, mineEverySeconds, own, mode, ...more }).then(
      async (up) => {
        sandbox = up;
        const demo = await prepareDemo(up);
        if (asked === 0) console.log(summary(up, demo, (performance.now() - begun) / 1000));
      },
      (error: Error) => {
        if (asked === 0) console.error(`\n${error.message}`);
        resolve(asked === 0 ? 1 : 0);
      },
    );
  });
  return ended;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
