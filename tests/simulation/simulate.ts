import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Runs `npm run simulate` with these options. `output` has both streams. */
export async function simulate(...options: string[]) {
  const child = spawn(process.execPath, [join(root, 'simulation', 'commands', 'main.ts'), ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      output += data;
    });
  const [code] = await once(child, 'close');
  return { code: code as number, output };
}
