import { untrack } from 'svelte';
import { dropDraft, keepDraft, keptDraft } from './drafts.ts';
import { session } from './session.svelte.ts';

type Fields<T> = { read: () => T; write: (kept: T) => void };

/**
 * Keeps the fields of a form until it is sent, through a reload, an ended session and a visit to another page. Create it
 * while a component initializes. `T` is plain data. The first result of `read` is the empty form.
 */
export class FormDraft<T> {
  /** Whether the form shows a restored draft. */
  restored = $state(false);
  readonly #form: string;
  readonly #fields: Fields<T>;
  readonly #initial: string;
  #owner: string | undefined;
  #isSent = false;

  constructor(form: string, fields: Fields<T>) {
    this.#form = form;
    this.#fields = fields;
    this.#initial = JSON.stringify(fields.read());
    $effect(() => {
      const account = session.account?.id;
      const now = JSON.stringify(fields.read());
      if (account) untrack(() => this.#follow(account, now));
    });
  }

  /** Drops the draft, because it was sent. */
  sent(): void {
    this.#isSent = true;
    this.#drop();
  }

  /** Empties the form and drops the draft. */
  discard(): void {
    this.restored = false;
    this.#fields.write(JSON.parse(this.#initial));
    this.#drop();
  }

  #follow(account: string, now: string) {
    if (this.#owner !== account && this.#takeOver(account, now)) return;
    if (this.#isSent) return;
    if (now === this.#initial) dropDraft(account, this.#form);
    else keepDraft(account, this.#form, now);
  }

  /** Replaces the fields after a change of account with that account's draft. @returns whether the form changed */
  #takeOver(account: string, now: string): boolean {
    const isFirst = this.#owner === undefined;
    this.#owner = account;
    const kept = keptDraft(account, this.#form);
    const isUntouched = now === this.#initial;
    if (isFirst && (!isUntouched || kept === undefined)) return false;
    this.restored = kept !== undefined;
    this.#fields.write(JSON.parse(kept ?? this.#initial));
    return true;
  }

  #drop() {
    if (this.#owner) dropDraft(this.#owner, this.#form);
  }
}
