import { run } from './program.ts';

/** Emits SIGTERM to this process's own listeners, without a real signal. */
const toldToEnd = (ms: number) => setTimeout(() => process.emit('SIGTERM'), ms);
const slowly = ['-c', 'sleep 0.5; echo done'];

test('told to end, it ends what it runs', async () => {
  const running = run('sh', slowly);
  toldToEnd(100);
  await expect(running).rejects.toThrow('sh -c ended with');
});

test('what must not be left half-way goes on to its end, out of reach of Ctrl-C, too', async () => {
  const leadsItsGroup = 'kill -0 -$$ && echo of its own';
  const running = run('sh', ['-c', `${leadsItsGroup}; sleep 0.5; echo done`], { untilDone: true });
  toldToEnd(100);
  expect(await running).toBe('of its own\ndone\n');
});
