import { dropDraft, keepDraft, keptDraft } from '../session/drafts.ts';
import { serverNowMs } from './clock.ts';

type Attempt = {
  /** Its idempotency key. */
  key: string;
  body: string;
  /** The server's time of the first try. */
  startedMs: number;
};

/** The account and the form that an intent belongs to. */
type Owner = { accountId: string; form: string };

/**
 * An action that must happen once. A double click, and a retry after a lost answer, repeat the attempt under the same
 * idempotency key. Another body, or the next action after `done`, is a new attempt. With an owner the attempt survives
 * a reload, because the form's draft is restored and may be sent again.
 */
export class Intent {
  #attempt: Attempt | undefined;
  readonly #ownerNow: () => Owner | undefined;

  constructor(ownerNow: () => Owner | undefined = () => undefined) {
    this.#ownerNow = ownerNow;
  }

  /** The attempt to send this body: the earlier one with the same body, or a new one. */
  attempt(body: object): Attempt & { isRetry: boolean } {
    const text = JSON.stringify(body);
    const owner = this.#ownerNow();
    this.#attempt ??= owner && keptAttempt(owner);
    if (this.#attempt?.body === text) return { ...this.#attempt, isRetry: true };
    this.#attempt = { key: randomKey(), body: text, startedMs: serverNowMs() };
    if (owner) keepDraft(owner.accountId, draftName(owner), JSON.stringify(this.#attempt));
    return { ...this.#attempt, isRetry: false };
  }

  done(): void {
    this.#attempt = undefined;
    const owner = this.#ownerNow();
    if (owner) dropDraft(owner.accountId, draftName(owner));
  }
}

/** Without `randomUUID`, because browsers lack it on plain-http hosts other than localhost. */
export const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('-');

const draftName = ({ form }: Owner): string => `${form} intent`;

function keptAttempt(owner: Owner): Attempt | undefined {
  const kept = keptDraft(owner.accountId, draftName(owner));
  return kept === undefined ? undefined : JSON.parse(kept);
}
