import { chain } from './chain/chain.ts';
import { cost } from './cost/cost.ts';
import { latency } from './latency/latency.ts';
import { live } from './live/live.ts';
import type { Part, PartName } from './part.ts';
import { scale } from './scale/scale.ts';
import { site } from './site/site.ts';
import { start } from './start/start.ts';

const parts: Partial<Record<PartName, Part>> = { cost, scale, latency, start, site, chain, live };

const abort = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => abort.abort());
process.on('disconnect', () => abort.abort());

const part = parts[process.argv[2] as PartName];
const say = (line: string) => process.connected && process.send?.({ line });

try {
  const found = await part!({ say, signal: abort.signal });
  // Exits in the callback, because the message must be sent before the process ends.
  process.send?.({ found }, undefined, undefined, () => process.exit(0));
} catch (error) {
  if (!abort.signal.aborted) console.error((error as Error).stack);
  process.exit(1);
}
