import type { Account } from '../accounts/accounts.ts';
import type { Accounts } from '../accounts/ports.ts';
import { type Role, roleOf } from '../accounts/standing.ts';
import type { Caller } from '../caller.ts';
import type { AccountId } from '../ids.ts';
import { DELETED_USERNAME } from '../people.ts';

/** The person at the command line of the installation. */
export const OPERATOR = 'operator';

/** Who asks for an act. */
export type Actor = Caller | typeof OPERATOR;

/** Who acted, as the audit log names it. */
export type Author = { role: 'operator' } | { role: Role; accountId: AccountId; username: string };

/** The account that an act is about. */
export type Target = Pick<Account, 'id' | 'username' | 'role'>;

/** An account of which a deletion has left only the id. Reports of it must still be closed. */
export const deletedTarget = (id: AccountId): Target => ({ id, username: DELETED_USERNAME });

/** @throws an Error if the actor's account is gone */
export async function authorOf(
  { accounts }: { accounts: Pick<Accounts, 'get'> },
  actor: Actor,
): Promise<Author> {
  if (actor === OPERATOR) return { role: 'operator' };
  const account = await accounts.get(actor.accountId);
  if (!account) throw new Error(`account ${actor.accountId} has a session, but is not there`);
  return { role: roleOf(account), accountId: account.id, username: account.username };
}

/**
 * Whether an author may act on an account: the operator on every one, an admin on every one but his own, a moderator on
 * members.
 */
export function mayActOn(author: Author, target: Target): boolean {
  if (author.role === 'operator') return true;
  if (author.accountId === target.id || author.role === 'member') return false;
  return author.role === 'admin' || roleOf(target) === 'member';
}
