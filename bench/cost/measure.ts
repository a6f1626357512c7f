import { type Hands, onSandboxWithPayee } from '../ground.ts';
import type { Usage } from '../meter/usage.ts';
import { usagesOf } from './stage.ts';
import { tellStory } from './story.ts';

/** What each operation and each function behind them uses, by label, in a fresh sandbox. */
export const measureCost = (hands: Hands): Promise<Map<string, Usage>> =>
  onSandboxWithPayee(['dynamodb', 'queue', 'chain'], hands, (sandbox, payeeUrl) =>
    usagesOf(sandbox, payeeUrl, tellStory, hands.say),
  );
