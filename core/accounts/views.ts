import type { SessionId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Account } from './accounts.ts';
import type { SecondFactor } from './factors.ts';
import { isOn, isTotpOn } from './second-factor.ts';
import type { Session } from './sessions.ts';
import { roleOf, type Suspension, suspensionOf } from './standing.ts';

/**
 * An account as its owner sees it. The fields are named one by one, so that a stored field is never shown by default.
 */
export const accountView = (
  account: Account,
  { factor, unreadNotices, now }: { factor: SecondFactor | undefined; unreadNotices: number; now: Instant },
) => ({
  id: account.id,
  username: account.username,
  ...(account.displayName !== undefined && { displayName: account.displayName }),
  language: account.language,
  ...(account.antiPhishingPhrase !== undefined && { antiPhishingPhrase: account.antiPhishingPhrase }),
  ...(account.email !== undefined && { email: account.email }),
  emailConfirmed: account.email !== undefined,
  totpEnabled: isTotpOn(factor),
  passkeys: factor?.passkeys.length ?? 0,
  ...(isOn(factor) && { recoveryCodesLeft: factor.recoveryDigests.length }),
  role: roleOf(account),
  ...suspensionShown(suspensionOf(account, now)),
  ...(account.warning && { warning: { reason: account.warning.reason, at: account.warning.at } }),
  unreadNotices,
  createdAt: account.createdAt,
});

const suspensionShown = (suspension: Suspension | undefined) =>
  suspension && {
    suspended: {
      reason: suspension.reason,
      ...(suspension.until !== undefined && { until: suspension.until }),
      appealed: suspension.appealedAt !== undefined,
    },
  };

export type AccountView = ReturnType<typeof accountView>;

/** A session as its owner sees it. @param current the session of the request */
export const sessionView = (
  { id, device, remember, createdAt, lastUsedAt, expiresAt }: Session,
  current: SessionId,
) => ({
  id,
  ...(device.browser !== undefined && { browser: device.browser }),
  ...(device.system !== undefined && { system: device.system }),
  current: id === current,
  remember,
  createdAt,
  lastUsedAt,
  expiresAt,
});
