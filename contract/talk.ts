import * as z from 'zod';
import type { AttachmentId, MessageId, TradeId } from '#core/ids.ts';
import {
  MESSAGE_MAX_LENGTH,
  MESSAGES_OF_ACCOUNT,
  PICTURE_MAX_BYTES,
  PICTURE_TYPES,
  PICTURES_IN_TRADE,
  PICTURES_OF_ACCOUNT,
} from '#core/talk/limits.ts';
import { AUTHORS } from '#core/talk/states.ts';
import { operation } from './operation.ts';
import { lines } from './visible-text.ts';
import { At, id, listOf, paging } from './wire.ts';

export const Message = z
  .strictObject({
    id: id<MessageId>('a message'),
    at: At,
    from: z.enum(AUTHORS),
    text: z.string().optional().meta({
      description: 'Of `system`: the state that the trade has reached. Absent once its author is deleted',
    }),
    attachment: z
      .strictObject({ url: z.string(), contentType: z.enum(PICTURE_TYPES), bytes: z.int() })
      .optional()
      .meta({ description: 'A picture without its metadata, at an address that expires within minutes' }),
    readAt: At.optional().meta({
      description: "When the other party read it, or when the caller read another's. Absent from `system`",
    }),
  })
  .meta({ id: 'Message' });

const one = z.strictObject({ tradeId: id<TradeId>('a trade') });

export const listMessages = operation({
  name: 'listMessages',
  route: 'GET /trades/{tradeId}/messages',
  summary:
    'The talk of a trade, newest first, for its parties until 30 days after the end. An arbitrator reads and writes in it while the trade is disputed.',
  caller: 'account',
  paged: true,
  path: one,
  query: z.strictObject(paging),
  success: { 200: listOf(Message) },
  problems: ['not_found'],
});

export const sendMessage = operation({
  name: 'sendMessage',
  route: 'POST /trades/{tradeId}/messages',
  summary:
    'Write a message in the talk of a trade, with a picture that was uploaded, or with a picture alone.',
  caller: 'account',
  rate: MESSAGES_OF_ACCOUNT,
  keyed: true,
  path: one,
  body: z
    .strictObject({
      text: lines(MESSAGE_MAX_LENGTH),
      attachmentId: id<AttachmentId>('an attachment').optional(),
    })
    .superRefine(({ text, attachmentId }, context) => {
      if (text.trim() === '' && attachmentId === undefined)
        context.addIssue({ code: 'custom', path: ['text'], message: 'must not be empty' });
    }),
  success: { 201: Message },
  problems: ['not_found', 'invalid_attachment'],
});

export const markMessagesRead = operation({
  name: 'markMessagesRead',
  route: 'POST /trades/{tradeId}/messages/read',
  summary: 'The caller has read the talk up to a message.',
  caller: 'account',
  path: one,
  body: z.strictObject({ upTo: id<MessageId>('a message') }),
  success: { 204: null },
  problems: ['not_found'],
});

export const startAttachment = operation({
  name: 'startAttachment',
  route: 'POST /trades/{tradeId}/attachments',
  summary:
    'Announce a picture. It is then sent to `uploadUrl` by PUT, with these headers, within an hour, and shown once a ' +
    `message sends it. At most ${PICTURES_IN_TRADE} of one side in one trade.`,
  caller: 'account',
  rate: PICTURES_OF_ACCOUNT,
  path: one,
  body: z.strictObject({
    contentType: z.enum(PICTURE_TYPES),
    bytes: z.int().min(1).max(PICTURE_MAX_BYTES),
  }),
  success: {
    201: z.strictObject({
      attachmentId: id<AttachmentId>('an attachment'),
      uploadUrl: z.string(),
      headers: z.record(z.string(), z.string()),
    }),
  },
  problems: ['not_found', 'too_many_open'],
});
