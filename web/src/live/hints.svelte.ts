import type { Hint, HintType } from '#core/live/kinds.ts';

/** `run` gets the hint, or nothing when hints may have been missed. */
type Listener = { types: readonly HintType[]; run: (hint?: Hint) => void };

/** The hints of this tab. */
class Hints {
  /** Whether a WebSocket is open. While none is, loaders poll more often. */
  arrive = $state(false);
  readonly #listeners = new Set<Listener>();

  /** @returns the clean-up */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce(hint: Hint): void {
    for (const { types, run } of [...this.#listeners]) if (types.includes(hint.type)) run(hint);
  }

  /** Runs every listener, because hints may have been missed. */
  catchUp(): void {
    for (const { run } of [...this.#listeners]) run();
  }
}

export const hints = new Hints();

/**
 * Runs `run` for each hint of these types, and after a gap in the connection, until the calling component is destroyed.
 * Hints may be lost, so a caller that must not miss a change polls too, more often while `hints.arrive` is false.
 *
 * @example onHint('notice', () => void session.update());
 */
export function onHint(types: HintType | readonly HintType[], run: Listener['run']): void {
  $effect(() => hints.listen({ types: [types].flat(), run }));
}
