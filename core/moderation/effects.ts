import { type Account, accountEvent, changed, endingSessions } from '../accounts/accounts.ts';
import { endSessions } from '../accounts/end-sessions.ts';
import type { Role } from '../accounts/standing.ts';
import { pauseMyOffers } from '../offers/pause-my-offers.ts';
import type { Instant } from '../time.ts';
import type { ModerationPorts, RightsChange } from './ports.ts';

/**
 * The changes of an account by each act. A change of its rights increments `credentialsVersion`, because sessions copy
 * the rights when they are opened.
 */
export function suspended(account: Account, reason: string, until: Instant | undefined, now: Instant) {
  const suspension = { reason, at: now, ...(until !== undefined && { until }) };
  const next = endingSessions(changed(account, { suspension }));
  return { next, events: [accountEvent('account_suspended', next, now)] } satisfies RightsChange;
}

export function restored(account: Account, now: Instant) {
  const next = endingSessions(changed(account, { suspension: undefined }));
  return { next, events: [accountEvent('account_restored', next, now)] } satisfies RightsChange;
}

export function warned(account: Account, reason: string, now: Instant) {
  const next = changed(account, { warning: { reason, at: now } });
  return { next, events: [accountEvent('account_warned', next, now)] } satisfies RightsChange;
}

export const withoutDisplayName = (account: Account): RightsChange => ({
  next: changed(account, { displayName: undefined }),
  events: [],
  renames: true,
});

export const withRole = (account: Account, role: Role | undefined): RightsChange => ({
  next: endingSessions(changed(account, { role })),
  events: [],
});

export const signedOut = (account: Account): RightsChange => ({
  next: endingSessions(changed(account, {})),
  events: [],
});

/**
 * Ends the sessions after a change of an account's rights was stored, and pauses the offers of a suspended one, so that
 * nobody takes them. Each step may be repeated.
 */
export async function carryOut(ports: ModerationPorts, { id, suspension }: Account): Promise<void> {
  await endSessions(ports, id);
  if (!suspension) return;
  let changed: number;
  do {
    ({ changed } = await pauseMyOffers(ports)({}, { accountId: id }));
  } while (changed > 0);
}
