import type { Instant } from '../time.ts';

/** Members have no rights over others. Only the operator's command line grants another role. */
export const ROLES = ['member', 'moderator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** A suspended account reads, talks and finishes its trades. It starts nothing and withdraws nothing. */
export type Suspension = {
  /** As the owner of the account sees it. */
  reason: string;
  at: Instant;
  /** Its end; without one it lasts until it is lifted. */
  until?: Instant;
  /** When the owner appealed, which is possible once. */
  appealedAt?: Instant;
};

/** A moderator's warning, as the owner of the account sees it. */
export type Warning = { reason: string; at: Instant };

/**
 * The rights of a session, copied from its account when it was opened. Every change of them ends the sessions of the
 * account, so that no request has to read the account.
 */
export type Standing = { role: Role; suspended?: { until?: Instant } };

export const MEMBER: Standing = { role: 'member' };

type Rights = { role?: Role; suspension?: Suspension };

export const roleOf = ({ role = 'member' }: Rights): Role => role;

/** The suspension of an account, unless it is over. */
export const suspensionOf = ({ suspension }: Rights, now: Instant): Suspension | undefined =>
  suspension && isOver(suspension, now) ? undefined : suspension;

export function standingOf(account: Rights): Standing {
  const { suspension } = account;
  if (!suspension) return { role: roleOf(account) };
  const { until } = suspension;
  return { role: roleOf(account), suspended: { ...(until !== undefined && { until }) } };
}

export const isSuspended = ({ suspended }: Standing, now: Instant) =>
  suspended !== undefined && !isOver(suspended, now);

/** The rights of a standing now. A suspended moderator has those of a member. */
export const effectiveRole = (standing: Standing, now: Instant): Role =>
  isSuspended(standing, now) ? 'member' : standing.role;

const isOver = ({ until }: { until?: Instant }, now: Instant) => until !== undefined && until <= now;

/** Whether a role has the rights of another: admins may do all that moderators may. */
export const includes = (role: Role, needed: Role) => ROLES.indexOf(role) >= ROLES.indexOf(needed);
