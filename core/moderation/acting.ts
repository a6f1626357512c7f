import type { Account } from '../accounts/accounts.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { type Actor, authorOf, mayActOn } from './actors.ts';
import { type AuditEntry, auditEntry } from './audit-log.ts';
import { carryOut } from './effects.ts';
import type { ModerationPorts, RightsChange } from './ports.ts';
import type { ActName } from './states.ts';
import { standingView } from './views.ts';

type Deciding = {
  act: ActName;
  more?: Pick<AuditEntry, 'reason' | 'until' | 'role'>;
  /** The change of the account that was read. */
  change: (target: Account) => RightsChange | Refusal;
};

/**
 * Acts on an account by its username, with an entry in the audit log, and ends its sessions.
 *
 * If the process dies after the transaction, sessions cannot be refreshed, but their access tokens live for up to 15
 * minutes, and offers stay open. The same act again finishes it.
 *
 * @returns the account as moderators see it; `not_found`, `not_allowed`, or the refusal of `change`
 */
export async function actOnAccount(
  ports: ModerationPorts,
  actor: Actor,
  username: string,
  { act, more, change }: Deciding,
) {
  const { accounts, moderation, ids, clock } = ports;
  const author = await authorOf(ports, actor);
  const next = await retryOnConflict<Account | Refusal>(`account ${username}`, async () => {
    const target = await accounts.byUsername(username);
    if (!target) return refusal('not_found');
    if (!mayActOn(author, target)) return refusal('not_allowed');
    const account = change(target);
    if (isRefusal(account)) return account;
    const entry = auditEntry(ids, { by: author, act, target, at: clock.now() }, more);
    return (await moderation.act({ entry, account })) ?? account.next;
  });
  if (isRefusal(next)) return next;
  await carryOut(ports, next);
  return standingView(next, clock.now());
}
