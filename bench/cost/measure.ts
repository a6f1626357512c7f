import type { Usage } from '../meter/usage.ts';
import { type BenchRun, onSandboxWithPayee } from '../sandbox.ts';
import { usagesOf } from './stage.ts';
import { tellStory } from './story.ts';

/** Usage of each operation and of each function behind them, by label, in a fresh sandbox. */
export const measureCost = (run: BenchRun): Promise<Map<string, Usage>> =>
  onSandboxWithPayee(['dynamodb', 'queue', 'mail', 'chain', 'site'], run, (sandbox, payeeUrl) =>
    usagesOf(sandbox, payeeUrl, tellStory, run.say),
  );
