import type { NoticeId } from '../ids.ts';
import type { Notice } from './notices.ts';

/** A notice as its owner sees it. @param readUpTo the last notice that was marked as read */
export const noticeView = (
  { id, at, kind, tradeId, withdrawalId, depositId }: Notice,
  readUpTo: NoticeId | undefined,
) => ({
  id,
  at,
  kind,
  ...(tradeId !== undefined && { tradeId }),
  ...(withdrawalId !== undefined && { withdrawalId }),
  ...(depositId !== undefined && { depositId }),
  read: readUpTo !== undefined && id <= readUpTo,
});

export type NoticeView = ReturnType<typeof noticeView>;
