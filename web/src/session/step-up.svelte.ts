import { hasCode } from '../api/problem.ts';
import { withoutFormats } from '../ui/pasted.ts';
import { session } from './session.svelte.ts';

/** The second-factor code of a step, and the API's errors about it. */
export class StepUp {
  typed = $state('');
  isAsked = $state(session.account?.totpEnabled ?? false);

  /** @returns undefined if no code is required or typed */
  get code(): string | undefined {
    return (this.isAsked && withoutFormats(this.typed).trim()) || undefined;
  }

  /** Whether an error belongs to the field of the code. */
  isAbout = (error: unknown): boolean => hasCode(error, 'wrong_second_factor', 'second_factor_required');

  /** Asks for a code if the API requires one, because the factor may have been turned on in another browser. */
  observe(error: unknown): void {
    if (hasCode(error, 'second_factor_required')) this.isAsked = true;
  }
}
