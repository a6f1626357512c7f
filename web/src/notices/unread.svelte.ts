import { MAX_COUNTED } from '#core/notices/limits.ts';
import { api } from '../api/client.ts';
import type { Account } from '../api/things.ts';
import { session } from '../session/session.svelte.ts';

/** The number of unread notices of the signed-in account. */
class Unread {
  /** A newer count than `account.unreadNotices`. `account` is not replaced, because forms would lose their input. */
  #counted = $state.raw<{ account: Account; count: number }>();

  /** At most 100, which means 100 or more. */
  get count(): number {
    const { account } = session;
    if (!account) return 0;
    return this.#counted?.account === account ? this.#counted.count : account.unreadNotices;
  }

  /** The count for display: empty for 0, `99+` from 100 on. */
  get text(): string {
    if (this.count === 0) return '';
    return this.count >= MAX_COUNTED ? `${MAX_COUNTED - 1}+` : String(this.count);
  }

  /** Asks the API for the number. */
  async ask(): Promise<void> {
    const { account } = session;
    if (!account) return;
    const { unreadNotices: count } = await api.getMe();
    if (session.account === account) this.#counted = { account, count };
  }
}

export const unread = new Unread();
