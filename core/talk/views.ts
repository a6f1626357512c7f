import type { AttachmentId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Message, SystemLine } from './messages.ts';

type Shown = {
  readAt?: Instant | undefined;
  /** The addresses of pictures. Without them the message is shown without its picture. */
  addressOf?: (id: AttachmentId) => string;
};

/** A message as one of its readers sees it. */
export function messageView(message: Message | SystemLine, { readAt, addressOf }: Shown = {}) {
  const picture = 'picture' in message ? message.picture : undefined;
  return {
    id: message.id,
    at: message.at,
    from: message.from,
    ...(message.text !== undefined && { text: message.text }),
    ...(picture &&
      addressOf && {
        attachment: { url: addressOf(picture.id), contentType: picture.contentType, bytes: picture.bytes },
      }),
    ...(readAt !== undefined && { readAt }),
  };
}

/** An idempotency row has it without text and attachment, because it is kept for ever. */
export type MessageView = ReturnType<typeof messageView>;
