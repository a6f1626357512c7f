import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Plan } from './plan.ts';

/** The baseline server in a separate process, like `sls offline`. */
export type Bare = { url: string; learn: (plan: Plan) => Promise<void>; stop: () => void };

export async function startBare(): Promise<Bare> {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const { port } = await said<{ port: number }>(child);
  return {
    url: `http://127.0.0.1:${port}`,
    async learn(plan) {
      const learnt = said<{ has: string }>(child);
      child.send(plan);
      await learnt;
    },
    stop: () => child.disconnect(),
  };
}

const said = async <T>(child: ChildProcess): Promise<T> => (await once(child, 'message'))[0] as T;
