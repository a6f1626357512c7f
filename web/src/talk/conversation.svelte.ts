import { untrack } from 'svelte';
import type { MessageId, TradeId } from '#core/ids.ts';
import { api } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';
import type { Message } from '../api/things.ts';

/** Upper bound of pages that one load reads until it meets messages that are shown. */
const MAX_PAGES = 10;

type Read = { messages: Message[]; older: string | undefined };

/**
 * The talk of a trade as far as it was read, oldest message first. It loads again for hints, and at an
 * interval while the page is visible.
 */
export class Conversation {
  readonly tradeId: TradeId;
  readonly #resource: Resource<Read>;
  /** Messages from before the first page that was read. */
  #earlier = $state.raw<Message[]>([]);
  #older = $state<string>();
  #hasRead = false;

  constructor(tradeId: TradeId, { everyMs }: { everyMs?: number } = {}) {
    this.tradeId = tradeId;
    this.#resource = new Resource(() => this.#newest(), {
      ...(everyMs !== undefined && { everyMs }),
      hints: ['message', 'trade'],
      concerns: ({ id }) => id.split('.')[0] === tradeId,
    });
  }

  readonly messages = $derived.by(() => this.#withEarlier(this.#resource.value?.messages ?? []));

  get error(): unknown {
    return this.#resource.error;
  }

  get loading(): boolean {
    return this.#resource.loading && this.#resource.value === undefined;
  }

  get hasOlder(): boolean {
    return this.#older !== undefined;
  }

  reload(): void {
    this.#resource.reload();
  }

  /** Shows a message that was just sent, and then what came before it. */
  add(message: Message): void {
    const { messages, older } = this.#resource.value ?? { messages: [], older: undefined };
    this.#resource.set({ messages: merged(messages, [message]), older });
    this.reload();
  }

  async readOlder(): Promise<void> {
    const page = await this.#page(this.#older);
    this.#earlier = merged(this.#earlier, page.items);
    this.#older = page.nextCursor;
  }

  async markRead(upTo: string): Promise<void> {
    await api.markMessagesRead({ tradeId: this.tradeId, upTo: upTo as MessageId });
    this.reload();
  }

  readonly #page = (cursor?: string) =>
    api.listMessages({ tradeId: this.tradeId, ...(cursor && { cursor }) });

  #withEarlier(newest: Message[]): Message[] {
    return merged(this.#earlier, newest);
  }

  /** The newest page, and those after it until one has a message that is shown already. */
  async #newest(): Promise<Read> {
    const known = untrack(() => this.#resource?.value?.messages ?? []);
    const ids = new Set(known.map(({ id }) => id));
    let { items, nextCursor } = await this.#page();
    let found = items;
    for (let pages = 1; pages < MAX_PAGES && known.length && nextCursor; pages++) {
      if (items.some(({ id }) => ids.has(id))) break;
      ({ items, nextCursor } = await this.#page(nextCursor));
      found = [...found, ...items];
    }
    if (!this.#hasRead) this.#older = nextCursor;
    this.#hasRead = true;
    return { messages: merged(known, found), older: nextCursor };
  }
}

/** Both lists in one, oldest first. The newer reading of a message replaces the older one, which may lack its mark. */
function merged(before: readonly Message[], after: readonly Message[]): Message[] {
  const all = new Map([...before, ...after].map((message) => [message.id, message]));
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
