import type { AccountId, SessionId } from '../ids.ts';
import type { Position } from '../paging.ts';
import type { Sessions } from './ports.ts';
import { callerOf } from './sessions.ts';

const PAGE_LENGTH = 25;

/** Ends the sessions of an account one by one, so that their access tokens stop at once. `except` continues. */
export async function endSessions(
  { sessions }: { sessions: Pick<Sessions, 'ofAccount' | 'end'> },
  accountId: AccountId,
  except?: SessionId,
): Promise<void> {
  let after: Position | undefined;
  do {
    const { items, next } = await sessions.ofAccount(accountId, {
      limit: PAGE_LENGTH,
      ...(after && { after }),
    });
    const ending = items.filter(({ id }) => id !== except);
    await Promise.all(ending.map((session) => sessions.end(callerOf(session))));
    after = next;
  } while (after);
}
