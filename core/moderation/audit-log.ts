import type { Role } from '../accounts/standing.ts';
import type { HaltName } from '../halts/states.ts';
import type { AccountId, AuditEntryId, Ids, OfferId, ReportId, TradeId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { Author, Target } from './actors.ts';
import type { ActName } from './states.ts';

/** One act, as it was recorded in its transaction. Nothing changes or removes it. */
export type AuditEntry = {
  id: AuditEntryId;
  at: Instant;
  by: Author;
  act: ActName;
  /** The account that was acted on, by the name that it had. Absent if the act is about a trade or a halt. */
  accountId?: AccountId | undefined;
  username?: string | undefined;
  halt?: HaltName | undefined;
  reason?: string | undefined;
  /** The end of a suspension. */
  until?: Instant | undefined;
  /** The role that was granted or revoked. */
  role?: Role | undefined;
  reportId?: ReportId | undefined;
  offerId?: OfferId | undefined;
  tradeId?: TradeId | undefined;
  /** The part of a trade's XMR that an arbitrator gave to the buyer. */
  buyerPiconero?: Piconero | undefined;
};

type More = Omit<AuditEntry, 'id' | 'at' | 'by' | 'act' | 'accountId' | 'username'>;

export const auditEntry = (
  ids: Ids,
  { by, act, target, at }: { by: Author; act: ActName; target?: Target; at: Instant },
  more: More = {},
): AuditEntry => ({
  id: ids.next<AuditEntryId>(),
  at,
  by,
  act,
  ...(target && { accountId: target.id, username: target.username }),
  ...more,
});

/** The entry of a halt that was turned on (`halt`) or off (`resume`). */
export const haltEntry = (
  ids: Ids,
  act: { by: Author; act: 'halt' | 'resume'; halt: HaltName; at: Instant },
  reason: string | undefined,
): AuditEntry => ({
  id: ids.next<AuditEntryId>(),
  ...act,
  ...(reason !== undefined && { reason }),
});
