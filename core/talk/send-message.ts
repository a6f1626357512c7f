import { takeToken } from '../accounts/throttle.ts';
import type { Caller } from '../caller.ts';
import type { KeyedCall } from '../idempotency.ts';
import type { AttachmentId, MessageId, TradeId } from '../ids.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { later } from '../time.ts';
import { MESSAGES_IN_TRADE, TALK_KEPT_MS } from './limits.ts';
import { type Attachment, type Message, newMessageId, type Picture } from './messages.ts';
import type { TalkCall, TalkPorts } from './ports.ts';
import { roomOf } from './room.ts';
import { tellParties } from './tell-parties.ts';
import { type MessageView, messageView } from './views.ts';
import { talkEndsAt } from './who-may.ts';

type Input = { tradeId: TradeId; text: string; attachmentId?: AttachmentId };

/**
 * Writes a message in the talk of a trade, with a picture that was uploaded before. Nobody sees the picture before its
 * metadata is removed.
 *
 * If the process dies after the trade is listed for its erasure, there is a talk without a message, which the schedule
 * removes. If it dies after the picture is kept, the same upload can be sent again, until the schedule removes both. If
 * it dies after the message is stored, the same key gets the same answer, and the schedule removes the original.
 */
export const sendMessage =
  (ports: TalkPorts) =>
  async (
    { tradeId, text, attachmentId }: Input,
    caller: Caller,
    { role, remember }: TalkCall & KeyedCall<MessageView>,
  ): Promise<MessageView | Refusal> => {
    const { talks, pictures, buckets, clock, ids } = ports;
    const room = await roomOf(ports, tradeId, caller, { role });
    if (isRefusal(room)) return room;
    const { accountId } = caller;
    const tooMany = await takeToken(buckets, clock, [`talk#${tradeId}#${accountId}`, MESSAGES_IN_TRADE]);
    if (tooMany) return tooMany;
    const sent = attachmentId && (await keptPicture(ports, attachmentId, tradeId, caller));
    if (isRefusal(sent)) return sent;
    const now = clock.now();
    const message: Message = {
      id: newMessageId(ids, tradeId),
      tradeId,
      senderId: accountId,
      from: room.speaker,
      text,
      ...(sent && { picture: sent.picture }),
      at: now,
    };
    await talks.open(tradeId, talkEndsAt(room.trade) ?? later(now, TALK_KEPT_MS));
    const { text: _, ...withoutText } = messageView(message);
    const refused = await talks.add(message, remember(withoutText), sent?.attachment);
    if (refused === 'attachment_gone') return refusal('invalid_attachment');
    if (refused) return refusal(refused);
    if (sent) {
      await pictures.removeOriginal(sent.picture.id);
      await talks.removeAttachment(sent.picture.id);
    }
    await tellParties(ports, room.trade, message.id);
    return messageView(message, { addressOf: await pictures.addresses(now) });
  };

/** Removes the metadata of an upload and keeps the picture. The file must be what its owner has announced. */
async function keptPicture(
  { talks, pictures, cleanPicture, clock }: TalkPorts,
  id: AttachmentId,
  tradeId: TradeId,
  { accountId }: Caller,
): Promise<{ attachment: Attachment; picture: Picture } | Refusal> {
  const attachment = await talks.attachment(id);
  const isOwn = attachment?.ownerId === accountId && attachment.tradeId === tradeId;
  if (!isOwn || attachment.isSent || attachment.expiresAt <= clock.now())
    return refusal('invalid_attachment');
  const { contentType, bytes } = attachment;
  const original = await pictures.original(id);
  const cleaned = original?.length === bytes ? cleanPicture(original, contentType) : undefined;
  if (!cleaned) return refusal('invalid_attachment');
  await pictures.keep(id, cleaned, contentType);
  return { attachment, picture: { id, contentType, bytes: cleaned.length } };
}

/** What an answer stored with a key lacks: text and attachment. It lacks them for ever once the message is erased. */
export const unstoredParts =
  ({ talks, pictures, clock }: Pick<TalkPorts, 'talks' | 'pictures' | 'clock'>) =>
  async (id: MessageId): Promise<Pick<MessageView, 'text' | 'attachment'>> => {
    const message = await talks.get(id);
    if (!message) return {};
    const { text, attachment } = messageView(message, { addressOf: await pictures.addresses(clock.now()) });
    return { ...(text !== undefined && { text }), ...(attachment && { attachment }) };
  };
