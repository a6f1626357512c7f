import { api, tokens } from '../api/client.ts';
import { connection } from '../api/connection.svelte.ts';
import { problemOf } from '../api/problem.ts';
import type { Account, SignedIn } from '../api/things.ts';
import { forgetLists } from '../shell/places.ts';
import { browserStorage } from '../shell/storage.ts';

type Status = 'restoring' | 'signed_in' | 'signed_out';

/** The other tabs. Browsers that forbid storage may forbid this too. */
const others = (() => {
  try {
    return new BroadcastChannel('pupero-session');
  } catch {
    return undefined;
  }
})();

/** Two tabs share one refresh cookie, which changes at each use: they take turns. */
async function inTurn(work: () => Promise<void>): Promise<void> {
  let begun = false;
  const turn = () => {
    begun = true;
    return work();
  };
  if (!navigator.locks) return turn();
  try {
    await navigator.locks.request('pupero-session', turn);
  } catch (cause) {
    // Locks are refused where storage is forbidden.
    if (begun) throw cause;
    await turn();
  }
}

/** Whether this browser may have a session: the cookie itself can only be seen by the API. */
const HERE = 'pupero-signed-in';

/** Who is signed in here. */
class Session {
  status = $state<Status>('restoring');
  account = $state.raw<Account>();
  #renewing: Promise<void> | undefined;

  /** From the refresh cookie, which only the API can read: a new access token, or the end of the session. */
  renew = (): Promise<void> => {
    this.#renewing ??= inTurn(() => this.#renew()).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  };

  async #renew() {
    try {
      this.#take(await api.refreshSession());
    } catch (cause) {
      const status = problemOf(cause)?.status;
      // Too many refreshes at once: the session goes on.
      if (status === undefined || status === 429) throw cause;
      if (status >= 500) {
        connection.lost();
        throw cause;
      }
      this.#forget();
    }
  }

  /** At the start of a page: goes on with the session there may be; a visitor's first page asks for none. */
  restore(): Promise<void> {
    if (browserStorage.get(HERE) || browserStorage.isForbidden()) return this.renew();
    this.status = 'signed_out';
    return Promise.resolve();
  }

  begin(signedIn: SignedIn): void {
    this.#take(signedIn);
    others?.postMessage('signed_in');
  }

  async end(): Promise<void> {
    await inTurn(async () => {
      await api.logOut();
    });
    this.#forget();
    others?.postMessage('signed_out');
  }

  /** Reads the account again, after something about it has changed. */
  async update(): Promise<void> {
    this.account = await api.getMe();
  }

  heard(message: unknown): void {
    if (message === 'signed_out') this.#forget();
    else void this.renew().catch(() => {});
  }

  #take(signedIn: SignedIn) {
    if (this.account?.id !== signedIn.account.id) forgetLists();
    tokens.access = signedIn;
    this.account = signedIn.account;
    this.status = 'signed_in';
    browserStorage.set(HERE, 'yes');
  }

  #forget() {
    tokens.access = undefined;
    this.account = undefined;
    this.status = 'signed_out';
    browserStorage.remove(HERE);
  }
}

export const session = new Session();
tokens.renew = session.renew;
if (others) others.onmessage = ({ data }) => session.heard(data);
