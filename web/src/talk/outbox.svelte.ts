import { untrack } from 'svelte';
import type { AttachmentId, TradeId } from '#core/ids.ts';
import { api } from '../api/client.ts';
import { randomKey } from '../api/intent.ts';
import type { Message } from '../api/things.ts';
import { dropDraft, keepDraft, keptDraft } from '../session/drafts.ts';
import { session } from '../session/session.svelte.ts';

/** A message on its way, with the idempotency key of every try. */
export type Unsent = {
  key: string;
  text: string;
  attachmentId?: string;
  error?: unknown;
  isFailed: boolean;
};

/**
 * The messages of a trade that the API has not answered for yet. Each is sent under a key of its own, so that it
 * arrives once, however often it is tried. One that fails is kept, through a reload too.
 */
export class Outbox {
  unsent = $state.raw<Unsent[]>([]);
  readonly #tradeId: TradeId;
  readonly #onsent: (message: Message) => void;

  constructor(tradeId: TradeId, onsent: (message: Message) => void) {
    this.#tradeId = tradeId;
    this.#onsent = onsent;
    this.unsent = untrack(() => this.#kept());
  }

  send(text: string, attachmentId?: string): void {
    const message = { key: randomKey(), text, ...(attachmentId && { attachmentId }), isFailed: false };
    this.#show([...this.unsent, message]);
    void this.#try(message);
  }

  retry(key: string): void {
    const message = this.unsent.find((one) => one.key === key);
    if (!message?.isFailed) return;
    const { error: _, ...again } = { ...message, isFailed: false };
    this.#replace(again);
    void this.#try(again);
  }

  /** Takes a message that failed back. @returns its text */
  withdraw(key: string): string {
    const text = this.unsent.find((one) => one.key === key)?.text ?? '';
    this.#show(this.unsent.filter((one) => one.key !== key));
    return text;
  }

  async #try({ key, text, attachmentId }: Unsent): Promise<void> {
    const picture = attachmentId && { attachmentId: attachmentId as AttachmentId };
    try {
      const message = { tradeId: this.#tradeId, text, ...picture };
      const sent = await api.sendMessage(message, { idempotencyKey: key });
      this.#show(this.unsent.filter((one) => one.key !== key));
      this.#onsent(sent);
    } catch (error) {
      this.#replace({ key, text, ...picture, error, isFailed: true });
    }
  }

  #replace(message: Unsent): void {
    this.#show(this.unsent.map((one) => (one.key === message.key ? message : one)));
  }

  get #form(): string {
    return `unsent messages ${this.#tradeId}`;
  }

  #show(unsent: Unsent[]): void {
    this.unsent = unsent;
    const account = session.account?.id;
    if (!account) return;
    const kept = unsent.map(({ key, text, attachmentId }) => ({ key, text, attachmentId }));
    if (kept.length > 0) keepDraft(account, this.#form, JSON.stringify(kept));
    else dropDraft(account, this.#form);
  }

  /** After a reload nobody knows whether they arrived, so the person tries them again under their keys. */
  #kept(): Unsent[] {
    const account = session.account?.id;
    const kept = account === undefined ? undefined : keptDraft(account, this.#form);
    const messages: Pick<Unsent, 'key' | 'text' | 'attachmentId'>[] =
      kept === undefined ? [] : JSON.parse(kept);
    return messages.map((message) => ({ ...message, isFailed: true }));
  }
}
