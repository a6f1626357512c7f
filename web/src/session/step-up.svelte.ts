import { hasCode } from '../api/problem.ts';
import { withoutFormats } from '../ui/pasted.ts';
import { session } from './session.svelte.ts';

/** The code that a step asks for where the account has a second factor, and what the API said of it. */
export class StepUp {
  typed = $state('');
  isAsked = $state(session.account?.totpEnabled ?? false);

  /** @returns undefined where no code is asked for, or none was typed */
  get code(): string | undefined {
    return (this.isAsked && withoutFormats(this.typed).trim()) || undefined;
  }

  /** Whether an error is about the code, and so belongs to its field. */
  faulted = (error: unknown): boolean => hasCode(error, 'wrong_second_factor', 'second_factor_required');

  /** Takes note of an answer: the factor may have been turned on elsewhere since this page was opened. */
  heard(error: unknown): void {
    if (hasCode(error, 'second_factor_required')) this.isAsked = true;
  }
}
