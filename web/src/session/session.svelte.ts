import { api, tokens } from '../api/client.ts';
import { connection } from '../api/connection.svelte.ts';
import { problemOf } from '../api/problem.ts';
import type { Account, SignedIn } from '../api/things.ts';
import { browserStorage } from '../shell/storage.ts';
import { forgetLists } from '../shell/visits.ts';

type Status = 'restoring' | 'signed_in' | 'signed_out';

/** Channel to the other tabs. Undefined if the browser forbids it, as it may with storage. */
const others = (() => {
  try {
    return new BroadcastChannel('pupero-session');
  } catch {
    return undefined;
  }
})();

/** Runs `work` in one tab at a time, because tabs share a refresh cookie that rotates at each use. */
async function exclusively(work: () => Promise<void>): Promise<void> {
  let begun = false;
  const turn = () => {
    begun = true;
    return work();
  };
  if (!navigator.locks) return turn();
  try {
    await navigator.locks.request('pupero-session', turn);
  } catch (cause) {
    // Browsers that forbid storage refuse locks too.
    if (begun) throw cause;
    await turn();
  }
}

/** Marks that this browser may have a session, because scripts cannot see the refresh cookie. */
const SIGNED_IN_MARK = 'pupero-signed-in';

/** The signed-in account of this browser. */
class Session {
  status = $state<Status>('restoring');
  account = $state.raw<Account>();
  #renewing: Promise<void> | undefined;

  /** Exchanges the refresh cookie for a new access token, or ends the session if the API refuses it. */
  renew = (): Promise<void> => {
    this.#renewing ??= exclusively(() => this.#renew()).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  };

  async #renew() {
    try {
      this.#take(await api.refreshSession());
    } catch (cause) {
      const status = problemOf(cause)?.status;
      // A throttled refresh does not end the session.
      if (status === undefined || status === 429) throw cause;
      if (status >= 500) {
        connection.lost();
        throw cause;
      }
      this.forget();
    }
  }

  /** Restores the session when the site starts. Without the mark it sends no request. */
  restore(): Promise<void> {
    if (browserStorage.get(SIGNED_IN_MARK) || browserStorage.isForbidden()) return this.renew();
    this.status = 'signed_out';
    return Promise.resolve();
  }

  begin(signedIn: SignedIn): void {
    this.#take(signedIn);
    others?.postMessage('signed_in');
  }

  async end(): Promise<void> {
    await exclusively(async () => {
      await api.logOut();
    });
    this.forget();
    others?.postMessage('signed_out');
  }

  /** Stores the language that was chosen, if it is new to the account. */
  async keepLanguage(language: Account['language']): Promise<void> {
    if (!this.account || this.account.language === language) return;
    this.account = await api.updateMe({ language });
  }

  /** Reloads the account after a change. */
  async update(): Promise<void> {
    this.account = await api.getMe();
  }

  onMessage(message: unknown): void {
    if (message === 'signed_out') this.forget();
    else void this.renew().catch(() => {});
  }

  #take(signedIn: SignedIn) {
    if (this.account?.id !== signedIn.account.id) forgetLists();
    tokens.access = signedIn;
    this.account = signedIn.account;
    this.status = 'signed_in';
    browserStorage.set(SIGNED_IN_MARK, 'yes');
  }

  /** Forgets the account, because its session has ended. */
  forget(): void {
    tokens.access = undefined;
    this.account = undefined;
    this.status = 'signed_out';
    browserStorage.remove(SIGNED_IN_MARK);
  }
}

export const session = new Session();
tokens.renew = session.renew;
if (others) others.onmessage = ({ data }) => session.onMessage(data);
