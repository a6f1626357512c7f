import { api } from '../api/client.ts';
import { hasCode } from '../api/problem.ts';
import type { GivenFactor } from '../api/things.ts';
import { withoutFormats } from '../ui/pasted.ts';
import { askPasskey, PasskeyError, passkeyObstacle } from './passkeys.ts';
import { session } from './session.svelte.ts';

/** Whether an error is about the second factor of a step. */
export const isAboutSecondFactor = (error: unknown): boolean =>
  error instanceof PasskeyError || hasCode(error, 'wrong_second_factor', 'second_factor_required');

/** The second factor of a step, and the errors about it. `SecondFactor` shows it. */
export class StepUp {
  /** The typed code. */
  typed = $state('');
  /** Whether the browser asks for a passkey. */
  isAskingPasskey = $state(false);
  #isRequired = $state(false);

  get isAsked(): boolean {
    return this.#isRequired || session.account?.recoveryCodesLeft !== undefined;
  }

  get hasApp(): boolean {
    return session.account?.totpEnabled ?? false;
  }

  get hasPasskey(): boolean {
    return (session.account?.passkeys ?? 0) > 0;
  }

  /**
   * The fields to send: the typed code, or else the answer of a passkey, for which the browser asks now.
   * @throws PasskeyError
   */
  given = async (): Promise<GivenFactor> => {
    const code = withoutFormats(this.typed).trim();
    if (!this.isAsked) return {};
    if (code) return { code };
    return this.hasPasskey && !passkeyObstacle() ? { passkey: await this.#passkey() } : {};
  };

  /** Whether an error is shown with the second factor. */
  shows = (error: unknown): boolean => this.isAsked && isAboutSecondFactor(error);

  /** Asks for the second factor if the API requires it, because it may have been turned on in another browser. */
  observe(error: unknown): void {
    if (!hasCode(error, 'second_factor_required')) return;
    this.#isRequired = true;
    void session.update().catch(() => {});
  }

  async #passkey() {
    this.isAskingPasskey = true;
    try {
      const { challengeId, options } = await api.startStepUp();
      return { challengeId, response: await askPasskey(options) };
    } catch (cause) {
      if (!hasCode(cause, 'out_of_order')) throw cause;
      await session.update();
      throw new PasskeyError('none', { cause });
    } finally {
      this.isAskingPasskey = false;
    }
  }
}
