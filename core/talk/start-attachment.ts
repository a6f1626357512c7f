import type { Caller } from '../caller.ts';
import type { AttachmentId, TradeId } from '../ids.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { later } from '../time.ts';
import { ATTACHMENT_WAITS_MS, type PictureType, TALK_KEPT_MS } from './limits.ts';
import type { Attachment } from './messages.ts';
import type { TalkCall, TalkPorts } from './ports.ts';
import { roomOf } from './room.ts';
import { talkEndsAt } from './who-may.ts';

type Input = { tradeId: TradeId; contentType: PictureType; bytes: number };

/**
 * Announces the upload of a picture, and returns where to put it. A message then sends it.
 *
 * If the process dies after the upload is stored, the schedule removes it when it expires.
 */
export const startAttachment =
  (ports: TalkPorts) =>
  async ({ tradeId, contentType, bytes }: Input, caller: Caller, call: TalkCall) => {
    const { talks, pictures, clock, ids } = ports;
    const room = await roomOf(ports, tradeId, caller, call);
    if (isRefusal(room)) return room;
    const now = clock.now();
    const attachment: Attachment = {
      id: ids.next<AttachmentId>(),
      tradeId,
      ownerId: caller.accountId,
      contentType,
      bytes,
      isSent: false,
      expiresAt: later(now, ATTACHMENT_WAITS_MS),
    };
    await talks.open(tradeId, talkEndsAt(room.trade) ?? later(now, TALK_KEPT_MS));
    const refused = await talks.addAttachment(attachment, room.speaker);
    if (refused) return refusal(refused);
    return { attachmentId: attachment.id, ...(await pictures.upload(attachment, now)) };
  };
