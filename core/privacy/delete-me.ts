import { asOwner, type OwnerProof } from '../accounts/as-owner.ts';
import { endSessions } from '../accounts/end-sessions.ts';
import { nameDigest } from '../accounts/throttle.ts';
import type { Caller } from '../caller.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { deletionOf } from './deletions.ts';
import { eraseRest } from './erase.ts';
import type { PrivacyPorts } from './ports.ts';
import { begunMeanwhile, whyNotEmpty } from './reasons.ts';

/**
 * Deletes the caller's account. It is refused with every reason while trades are open or XMR is left. One transaction
 * then closes the account under the same conditions, so that a trade or payment that begins at once either
 * precedes the closing or is refused. The rest is erased afterwards.
 *
 * If the process dies before the transaction, nothing happened, and the code is still valid.
 * If the process dies after it, at any step, nobody can sign in, and the schedule erases the rest (finishDeletions). A
 * repeated request with the same access token ends the sessions and succeeds.
 */
export const deleteMe =
  (ports: PrivacyPorts) =>
  async (given: OwnerProof, caller: Caller): Promise<undefined | Refusal> => {
    const { accounts, deletions, secrets, mailQueue, clock } = ports;
    const { accountId } = caller;
    if (!(await accounts.get(accountId))) {
      await endSessions(ports, accountId);
      return undefined;
    }
    return asOwner<undefined>(ports, caller, given, 'wrong_password', async (account, proof) => {
      const reasons = await whyNotEmpty(ports, accountId);
      if (reasons) return reasons;
      const deletion = deletionOf(account, {
        nameDigest: nameDigest(secrets, account.username),
        sendsMail: mailQueue.isOn,
        at: clock.now(),
      });
      const refused = await deletions.begin(account, deletion, proof);
      if (refused === 'changed_since') return refused;
      if (refused === 'wrong_second_factor') return refusal(refused);
      if (refused) return begunMeanwhile(refused);
      await eraseRest(ports, deletion);
      return undefined;
    });
  };
