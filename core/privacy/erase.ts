import { endSessions } from '../accounts/end-sessions.ts';
import { forEachInPages } from '../paging.ts';
import type { Deletion } from './deletions.ts';
import type { ErasingPorts } from './ports.ts';

/**
 * Erases the data of a closed account: sessions, known addresses and devices, the second factor, payment accounts,
 * notices, its standing, offers, its terms and names in trades, its messages, and the comments of its reviews; and
 * queues the last mail. A repeated step changes nothing, so the schedule finishes the work of a process that died.
 *
 * If the process dies between queueing the mail and removing it from the deletion, the mail is sent twice.
 */
export async function eraseRest(ports: ErasingPorts, deletion: Deletion): Promise<void> {
  const { sessions, knownPlaces, factors, paymentAccounts, offers, trades, talks, pictures } = ports;
  const { notices, reputation } = ports;
  const { accountId, nameDigest } = deletion;
  await endSessions({ sessions }, accountId);
  await factors.remove(accountId);
  await paymentAccounts.removeAll(accountId);
  await notices.erase(accountId);
  await reputation.eraseStanding(accountId);
  await queueLetter(ports, deletion);
  await forEachInPages(
    (page) => knownPlaces.ofName(nameDigest, page),
    ({ key }) => knownPlaces.remove(key),
  );
  await forEachInPages(
    (page) => offers.ofOwner(accountId, page),
    ({ id }) => offers.remove(id),
  );
  await forEachInPages(
    (page) => trades.ofParty(accountId, page),
    (trade) => trades.forgetParty(trade, accountId),
  );
  await forEachInPages(
    (page) => talks.ofSender(accountId, page),
    async ({ id, picture }) => {
      if (picture) await pictures.remove(picture.id);
      await talks.eraseContent(id);
    },
  );
  await forEachInPages(
    (page) => reputation.ofAuthor(accountId, page),
    ({ id }) => reputation.eraseComment(id),
  );
}

async function queueLetter({ mailQueue, deletions }: ErasingPorts, deletion: Deletion): Promise<void> {
  if (!deletion.letter) return;
  await mailQueue.send({ kind: 'account_deleted', ...deletion.letter });
  await deletions.mailed(deletion);
}
