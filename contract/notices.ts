import * as z from 'zod';
import type { DepositId, NoticeId, TradeId, WithdrawalId } from '#core/ids.ts';
import { CHOSEN_NOTICES, NOTICE_KINDS } from '#core/notices/kinds.ts';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { At, id, listOf, paging } from './wire.ts';

const Id = z.string().min(1).max(128).meta({ description: 'Id of a notice' }) as unknown as z.ZodType<
  NoticeId,
  NoticeId
>;

export const Notice = z
  .strictObject({
    id: Id,
    at: At,
    kind: z.enum(NOTICE_KINDS),
    tradeId: id<TradeId>('a trade').optional(),
    withdrawalId: id<WithdrawalId>('a withdrawal').optional(),
    depositId: id<DepositId>('a deposit').optional(),
    read: z.boolean(),
  })
  .meta({ id: 'Notice' });

const Kinds = z.array(z.enum(CHOSEN_NOTICES)).max(CHOSEN_NOTICES.length);

export const NoticeSettings = z
  .strictObject({
    email: Kinds.meta({ description: 'Kinds that are mailed, if there is a confirmed address' }),
    browser: Kinds.meta({ description: 'Kinds that open pages of the site show as notifications' }),
  })
  .meta({ id: 'NoticeSettings' });

export const listNotices = operation({
  name: 'listNotices',
  route: 'GET /me/notices',
  summary: "The caller's notices, newest first. They are kept for 90 days.",
  caller: 'account',
  paged: true,
  query: z.strictObject(paging),
  success: { 200: listOf(Notice) },
  problems: [],
});

export const readNotices = operation({
  name: 'readNotices',
  route: 'POST /me/notices/read',
  summary: 'Mark a notice and all before it as read.',
  caller: 'account',
  body: z.strictObject({ upTo: Id }),
  success: { 204: null },
  problems: [],
});

export const getNoticeSettings = operation({
  name: 'getNoticeSettings',
  route: 'GET /me/notice-settings',
  summary:
    'The kinds of notices that are mailed and shown by the browser. Those about security are always mailed.',
  caller: 'account',
  success: { 200: NoticeSettings },
  problems: [],
});

export const updateNoticeSettings = operation({
  name: 'updateNoticeSettings',
  route: 'PATCH /me/notice-settings',
  summary: 'Replace the kinds that are mailed, shown by the browser, or both. A list that is left out stays.',
  caller: 'account',
  body: NoticeSettings.partial(),
  success: { 200: NoticeSettings },
  problems: [],
});

export const getLiveHealth = functionHealth('live');
