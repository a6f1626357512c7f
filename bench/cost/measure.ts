import type { Usage } from '../meter/usage.ts';
import { type BenchRun, onSandboxWithPayee } from '../sandbox.ts';
import { usagesOf } from './stage.ts';
import { tellStory } from './story.ts';

/** What each operation and each function behind them uses, by label, in a fresh sandbox. */
export const measureCost = (run: BenchRun): Promise<Map<string, Usage>> =>
  onSandboxWithPayee(['dynamodb', 'queue', 'chain'], run, (sandbox, payeeUrl) =>
    usagesOf(sandbox, payeeUrl, tellStory, run.say),
  );
