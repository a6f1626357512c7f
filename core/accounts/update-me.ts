import type { Caller } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { changed } from './accounts.ts';
import { refusalOfSave } from './as-owner.ts';
import type { Language } from './limits.ts';
import { mixesScripts } from './mixed-scripts.ts';
import type { AccountPorts } from './ports.ts';
import { isReserved } from './reserved-names.ts';
import { accountView } from './views.ts';

/** A field that is left out stays, and `null` removes it. */
type Changes = { displayName?: string | null; language?: Language; antiPhishingPhrase?: string | null };

const refusedName = (message: string) =>
  refusal('invalid_request', { errors: [{ path: 'displayName', message }] });

/** Changes the caller's profile. */
export const updateMe =
  (ports: AccountPorts) =>
  async ({ displayName, language, antiPhishingPhrase }: Changes, { accountId }: Caller) => {
    if (displayName && isReserved(displayName)) return refusedName('is reserved');
    if (displayName && mixesScripts(displayName)) return refusedName('must be in letters of one script');
    return retryOnConflict(`account ${accountId}`, async () => {
      const { accounts, factors, notices, clock } = ports;
      const [account, factor, unreadNotices] = await Promise.all([
        accounts.get(accountId),
        factors.get(accountId),
        notices.unread(accountId),
      ]);
      if (!account) throw new Error(`account ${accountId} has a session, but is not there`);
      const next = changed(account, {
        ...(displayName !== undefined && { displayName: displayName ?? undefined }),
        ...(language && { language }),
        ...(antiPhishingPhrase !== undefined && { antiPhishingPhrase: antiPhishingPhrase ?? undefined }),
      });
      return (
        (await refusalOfSave(ports, {
          next,
          events: [],
          ...(displayName !== undefined && { renames: true }),
        })) ?? accountView(next, { factor, unreadNotices, now: clock.now() })
      );
    });
  };
